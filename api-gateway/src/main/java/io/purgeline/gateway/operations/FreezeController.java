package io.purgeline.gateway.operations;

import io.purgeline.freeze.FreezeOrder;
import io.purgeline.freeze.FreezeSwitch;
import io.purgeline.gateway.operations.OperatorActs.Act;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stops all purging, and lets it go on. */
@RestController
@RequestMapping("/api/v1/freeze")
@Tag(name = "Operations")
class FreezeController {

  private static final String KIND = "freeze";
  private static final String PURGING = "purging";

  private final FreezeSwitch freeze;
  private final OperatorActs acts;

  FreezeController(FreezeSwitch freeze, OperatorActs acts) {
    this.freeze = freeze;
    this.acts = acts;
  }

  @Operation(summary = "Whether purging is frozen, since when, by whom and why")
  @GetMapping
  FreezeView get() {
    return freeze.current().map(FreezeView::of).orElse(FreezeView.OFF);
  }

  @Operation(
      summary = "Freeze all purging",
      description =
          """
          No worker deletes another batch or file, within two seconds. Deletions are still accepted and wait. \
          If purging is frozen already, the first order stays.
          """)
  @PostMapping
  FreezeView set(@RequestBody FreezeRequest body, Principal user) {
    var act = Act.of(user.getName(), "freeze.set", KIND, PURGING).because(body.reason());
    return acts.perform(
        act, by -> FreezeView.of(freeze.freeze(by.actor(), Objects.requireNonNull(by.reason()))));
  }

  @Operation(
      summary = "End the freeze",
      description =
          "**Warning: purging goes on at once. What is then purged is deleted permanently and cannot"
              + " be undone.**")
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(Principal user) {
    var act = Act.of(user.getName(), "freeze.end", KIND, PURGING);
    acts.perform(act, by -> freeze.thaw());
  }

  /** Why purging is to stop. */
  record FreezeRequest(@Nullable String reason) {}

  /** Whether purging is frozen. */
  record FreezeView(
      boolean frozen, @Nullable String actor, @Nullable String reason, @Nullable Instant since) {

    static final FreezeView OFF = new FreezeView(false, null, null, null);

    static FreezeView of(FreezeOrder order) {
      return new FreezeView(true, order.actor(), order.reason(), order.since());
    }
  }
}
