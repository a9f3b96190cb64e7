package io.purgeline.gateway.catalogue;

import io.purgeline.gateway.http.ApiException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says which location is in the way when the database refuses one because it overlaps another. */
@Component
final class LocationConflicts {

  static final String IN_THE_WAY =
      """
      select uri, owner_kind || ' ' || owner_id as owner, deletion_id
      from storage_location where span && key_range(:start, :end) order by uri limit 1
      """;

  private static final String EXCLUSION_VIOLATION = "23P01";

  private final JdbcClient jdbc;

  LocationConflicts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  <T> T explained(Supplier<T> work) {
    try {
      return work.get();
    } catch (OverlapException e) {
      throw conflict(e);
    }
  }

  /** Whether the database refused a row because it overlaps another. */
  static boolean isOverlap(DataIntegrityViolationException e) {
    return e.getMostSpecificCause() instanceof SQLException cause
        && EXCLUSION_VIOLATION.equals(cause.getSQLState());
  }

  private ApiException conflict(OverlapException e) {
    var others = inTheWay(e);
    if (others.isEmpty()) {
      return ApiException.conflict(
          "Location " + e.uri() + " overlapped another one that is gone by now. Please try again.");
    }
    var other = others.getFirst();
    var conflict =
        ApiException.conflict(
            "Location " + e.uri() + " overlaps " + other.uri() + " of " + other.owner());
    if (other.deletionId() != null) {
      conflict.with("deletion_id", other.deletionId());
    }
    return conflict.with("conflicting_location", other.uri());
  }

  private List<InTheWay> inTheWay(OverlapException e) {
    return jdbc.sql(IN_THE_WAY)
        .param("start", e.start())
        .param("end", e.end())
        .query((row, n) ->
            new InTheWay(
                row.getString("uri"),
                row.getString("owner"),
                row.getObject("deletion_id", UUID.class)))
        .list();
  }

  private record InTheWay(String uri, String owner, @Nullable UUID deletionId) {}

  /** A location that can't be had. */
  static final class OverlapException extends RuntimeException {

    private final String uri;
    private final String start;
    private final String end;

    OverlapException(String uri, String start, String end) {
      super(uri);
      this.uri = uri;
      this.start = start;
      this.end = end;
    }

    String uri() {
      return uri;
    }

    String start() {
      return start;
    }

    String end() {
      return end;
    }
  }
}
