package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The database refuses one of the rows that a deletion writes: then it writes none. */
class AllOrNothingTest extends GatewayTestBase {

  @ParameterizedTest
  @MethodSource
  void changesNothingIfARowCannotBeWritten(Deletion deletion, Row row) {
    var doomed = deletion.prepare.apply(records);
    var before = records.everything();

    row.refuse(doomed.last(), this);
    try {
      var answer = api.delete(doomed.path());

      assertThat(answer.status()).as(answer.text()).isEqualTo(500);
      assertThat(records.everything()).isEqualTo(before);
    } finally {
      row.allow(this);
    }
    assertThat(api.delete(doomed.path()).status()).isIn(200, 204);
  }

  static Stream<Arguments> changesNothingIfARowCannotBeWritten() {
    return Arrays.stream(Deletion.values())
        .flatMap(deletion -> Arrays.stream(Row.values()).map(row -> arguments(deletion, row)));
  }

  private void change(String statement) {
    sql.sql(statement).update();
  }

  private enum Deletion {
    OF_A_DATASET(records -> {
      var dataset = records.dataset().toString();
      return new Doomed("/datasets/" + dataset, dataset);
    }),
    /** All went well with its first dataset, and it was told to stop. */
    OF_A_JOB(records -> {
      var job = records.job("synthetic_generation", "running");
      records.dataset(Records.name("d"), job);
      var last = records.dataset(Records.name("d"), job).toString();
      return new Doomed("/jobs/" + job + "?delete_dataset=true", last);
    }),
    OF_A_TRAINING(records -> {
      var training = records.training("completed", records.dataset());
      return new Doomed("/trainings/" + training, training);
    });

    private final Function<Records, Doomed> prepare;

    Deletion(Function<Records, Doomed> prepare) {
      this.prepare = prepare;
    }
  }

  /** What is to be deleted, and the id of the record in it that goes last. */
  private record Doomed(String path, String last) {}

  private enum Row {
    TASK("purge_task", "location like '%%%s%%'"),
    MESSAGE("outbox", "mandatory and payload like '%%%s%%'"),
    FACT("outbox", "not mandatory and payload like '%%%s%%'"),
    AUDIT_ENTRY("audit_entry", "outcome = 'accepted' and resource_id = '%s'");

    private final String table;
    private final String condition;

    Row(String table, String condition) {
      this.table = table;
      this.condition = condition;
    }

    void refuse(String id, AllOrNothingTest test) {
      test.change(
          "alter table %s add constraint refused check (not (%s)) not valid"
              .formatted(table, condition.formatted(id)));
    }

    void allow(AllOrNothingTest test) {
      test.change("alter table " + table + " drop constraint refused");
    }
  }
}
