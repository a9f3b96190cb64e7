package io.purgeline.gateway.deadletter;

import io.purgeline.deletion.DeletionProgress;
import io.purgeline.gateway.GatewayTestBase;
import io.purgeline.gateway.Records;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests of dead letters; each has a group that no other knows. */
abstract class OnLetters extends GatewayTestBase {

  @Autowired DeletionProgress progress;

  Letters letters;
  String group;

  @BeforeEach
  void begin() {
    letters = new Letters(api, records, sql, transactions, progress);
    group = Records.name("group");
  }
}
