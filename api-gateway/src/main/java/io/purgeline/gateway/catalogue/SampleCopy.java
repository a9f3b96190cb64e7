package io.purgeline.gateway.catalogue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Repository;

/** Brings samples into the table by COPY. Owner of the inserts into {@code sample}. */
@Repository
class SampleCopy {

  private static final int BUFFER = 64 * 1024;

  private final DataSource dataSource;
  private final JdbcClient jdbc;

  SampleCopy(DataSource dataSource, JdbcClient jdbc) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
  }

  /**
   * From now on a deletion of the dataset waits for the end of this transaction; other
   * registrations do not.
   */
  void keepFromDeletion(UUID dataset) {
    jdbc.sql("select from dataset where id = :id for key share")
        .param("id", dataset)
        .query()
        .listOfRows();
  }

  /**
   * Fills a table of the transaction's own with what the reader sends; answers what the reader
   * does.
   */
  long stage(ToLongFunction<Sink> reader) {
    jdbc.sql(
            """
            create temporary table incoming_sample (
              dataset_id uuid, location_id uuid, sample_idx bigint, receiver text, object_key text collate "C",
              size_bytes bigint) on commit drop
            """)
        .update();
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      return copy(connection, reader);
    } catch (SQLException e) {
      throw new IllegalStateException("the samples could not be copied", e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static long copy(Connection connection, ToLongFunction<Sink> reader) throws SQLException {
    var in =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy incoming_sample from stdin");
    try {
      var sink = new Sink(in);
      var result = reader.applyAsLong(sink);
      sink.flush();
      in.endCopy();
      return result;
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  /**
   * Takes the staged samples over; those that are known already are left out. One registration of a
   * dataset at a time: two that bring the same keys in another order would lock each other out.
   */
  Added take(UUID dataset) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('purgeline.samples.take:' || :id, 0))")
        .param("id", dataset.toString())
        .query()
        .listOfRows();
    return jdbc.sql(
            """
            with added as (
              insert into sample (dataset_id, location_id, sample_idx, receiver, object_key, size_bytes)
              select dataset_id, location_id, sample_idx, receiver, object_key, size_bytes from incoming_sample
              on conflict do nothing
              returning size_bytes)
            select count(*), coalesce(sum(size_bytes), 0) from added
            """)
        .query((row, n) -> new Added(row.getLong(1), row.getLong(2)))
        .single();
  }

  /** New samples and their bytes. */
  record Added(long count, long bytes) {}

  /** Rows on their way to the database, in COPY's text format. */
  static final class Sink {

    private final CopyIn copy;
    private final StringBuilder rows = new StringBuilder(BUFFER + 2_048);

    private Sink(CopyIn copy) {
      this.copy = copy;
    }

    void add(UUID dataset, SampleKeys.@Nullable Key key, SampleLine sample) {
      rows.append(dataset).append('\t');
      text(key == null ? null : key.locationId().toString());
      rows.append('\t').append(sample.sampleIdx()).append('\t');
      text(sample.receiver());
      rows.append('\t');
      text(key == null ? null : key.key());
      rows.append('\t').append(sample.bytes()).append('\n');
      if (rows.length() > BUFFER) {
        flush();
      }
    }

    /** Backslash, tab and line ends are written as COPY wants them; null is a word of its own. */
    private void text(@Nullable String value) {
      if (value == null) {
        rows.append("\\N");
        return;
      }
      for (int i = 0; i < value.length(); i++) {
        var c = value.charAt(i);
        switch (c) {
          case '\\' -> rows.append("\\\\");
          case '\t' -> rows.append("\\t");
          case '\n' -> rows.append("\\n");
          case '\r' -> rows.append("\\r");
          default -> rows.append(c);
        }
      }
    }

    private void flush() {
      var bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
      try {
        copy.writeToCopy(bytes, 0, bytes.length);
      } catch (SQLException e) {
        throw new IllegalStateException("the samples could not be copied", e);
      }
      rows.setLength(0);
    }
  }
}
