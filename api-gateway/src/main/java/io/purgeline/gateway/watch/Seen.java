package io.purgeline.gateway.watch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/** How something stood when it was looked at. Written as JSON it is what a client is told. */
public interface Seen {

  UUID id();

  /** Names exactly this state of affairs, on every gateway alike. */
  @JsonIgnore
  String eventId();

  /** Whether nothing will change any more. */
  @JsonIgnore
  boolean isFinal();
}
