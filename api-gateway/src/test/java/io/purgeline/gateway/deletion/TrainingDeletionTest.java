package io.purgeline.gateway.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingDeletionTest extends GatewayTestBase {

  @Test
  void queuesThePurgeOfItsDirectory() {
    var training = records.training("completed", records.dataset());

    var answer = api.delete("/trainings/" + training);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(records.exists("training", training)).isFalse();
    var task = api.get("/deletions/" + answer.deletion()).json().path("tasks").get(0);
    assertThat(task.path("location").asString()).isEqualTo("dir://trainings/" + training);
    assertThat(
            records.count(
                "outbox where type = 'TrainingDeleted' and routing_key = 'purgeline.directories.trainings' and deletion_id = '"
                    + answer.deletion()
                    + "'"))
        .isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "pending,204,true",
    "queued,409,true",
    "running,409,true",
    "paused,204,true",
    "completed,204,false",
    "failed,204,false",
    "cancelled,204,false"
  })
  void goesOnlyWhenItIsNotAtWorkOrCancelled(String status, int expected, boolean settle) {
    var training = records.training(status);

    var answer = api.delete("/trainings/" + training);

    assertThat(answer.status()).isEqualTo(expected);
    if (expected == 409) {
      assertThat(answer.detail()).contains("it is " + status).contains("cancel=true");
      assertThat(records.exists("training", training)).isTrue();
      answer = api.delete("/trainings/" + training + "?cancel=true");
      assertThat(answer.status()).isEqualTo(204);
    }
    assertThat(records.count("deletion where settle and id = '" + answer.deletion() + "'"))
        .isEqualTo(settle ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,true"})
  void staysWhileAModelInUseWasMadeByIt(boolean active, boolean production) {
    var training = records.training("completed");
    var model = records.model(Records.name("made"), active, production);
    records.madeBy(training, model);

    var answer = api.delete("/trainings/" + training + "?cancel=true");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("blocking_models").get(0).path("id").asString())
        .isEqualTo(model.toString());
    sql.sql("update model set is_active = false, is_production = false where id = :m")
        .param("m", model)
        .update();
    assertThat(api.delete("/trainings/" + training).status()).isEqualTo(204);
    assertThat(records.count("model where training_id is null and id = '" + model + "'")).isOne();
  }

  @Test
  void tellsWhatIsUnknownOrGone() {
    var training = records.training("completed");
    var deletion = api.delete("/trainings/" + training).deletion();

    var gone = api.delete("/trainings/" + training);

    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.detail()).isEqualTo("Training not found: " + training);
    assertThat(gone.json().path("deletion_id").asString()).isEqualTo(deletion.toString());
    assertThat(api.delete("/trainings/train_xyz").status()).isEqualTo(400);
  }
}
