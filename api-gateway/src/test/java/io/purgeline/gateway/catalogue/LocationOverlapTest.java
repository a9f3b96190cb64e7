package io.purgeline.gateway.catalogue;

import static io.purgeline.gateway.catalogue.CatalogueTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.purgeline.gateway.Api.Answer;
import io.purgeline.gateway.AtOnce;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationOverlapTest extends GatewayTestBase {

  private static final String BUCKET = "s3://main/heimdall-synthetic-iq/";

  @ParameterizedTest
  @CsvSource({"run-1/,run-1/", "run-1/,run-1/part/", "run-1/part/,run-1/"})
  void refusesWhatEqualsContainsOrLiesInsideAnother(String held, String asked) {
    var base = BUCKET + Records.name("overlap") + "/";
    var owner = at(base + held).json().path("id").asString();

    var refused = at(base + asked);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.detail()).contains(base + held).contains(owner);
    assertThat(refused.json().has("deletion_id")).isFalse();
  }

  @Test
  void acceptsNeighbours() {
    var base = BUCKET + Records.name("neighbours") + "/";

    var all =
        List.of("run-1/", "run-10/", "run/", "run-/").stream()
            .map(name -> at(base + name).status())
            .toList();

    assertThat(all).containsOnly(201);
  }

  @Test
  void comparesDirectoriesToo() {
    var base = "dir://trainings/" + Records.name("tree");
    assertThat(at(base).status()).isEqualTo(201);

    assertThat(at(base + "/inner").status()).isEqualTo(409);
    assertThat(at(base + "0").status()).isEqualTo(201);
  }

  @Test
  void refusesLocationsOfOneRequestThatOverlap() {
    var base = BUCKET + Records.name("both") + "/";

    var refused = at(base, base + "inner/");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.detail()).contains(base + "inner/").contains(base);
  }

  @Test
  void keepsALocationReservedUntilItIsPurged() {
    var place = BUCKET + Records.name("reserved") + "/";
    var owner = at(place).json().path("id").asString();
    var deletion = api.delete("/datasets/" + owner).deletion();

    var refused = at(place);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.detail()).contains(place);
    assertThat(refused.json().path("deletion_id").asString()).isEqualTo(deletion.toString());
  }

  /** Each asks for two places, half of them in the other order. */
  @Test
  void givesAPlaceToOneOfManyThatAskAtOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      var one = BUCKET + Records.name("race") + "/";
      var other = BUCKET + Records.name("race") + "/";

      var answers =
          AtOnce.all(6, n -> n % 2 == 0 ? at(one + "inner/", other) : at(other + "inner/", one));

      assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
      assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    }
  }

  @Test
  void answersIdenticalRequestsAtOnceAlike() throws Exception {
    for (int round = 0; round < 50; round++) {
      var body =
          json("{'id':'%s','name':'%s','type':'files'}", UUID.randomUUID(), Records.name("twins"));

      var answers = AtOnce.all(4, n -> api.post("/datasets", body));

      assertThat(answers).extracting(Answer::status).containsOnly(201, 200);
      assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    }
  }

  private Answer at(String... uris) {
    var locations =
        String.join(
            ",", java.util.Arrays.stream(uris).map(uri -> json("{'uri':'%s'}", uri)).toList());
    return api.post(
        "/datasets",
        json("{'name':'%s','type':'iq_raw','locations':[", Records.name("placed"))
            + locations
            + "]}");
  }
}
