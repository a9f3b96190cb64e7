package io.purgeline.gateway.deadletter;

import io.purgeline.config.PurgelineProperties;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Forgets dead letters that ended long ago, resolved or discarded, and the replays they were in.
 * What is open is kept for ever, and so is the deletion with what it came to.
 */
@Repository
class Retention {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  /** Few enough that nobody waits for one statement. */
  private static final int AT_ONCE = 1_000;

  private final JdbcClient jdbc;
  private final Duration kept;

  Retention(JdbcClient jdbc, PurgelineProperties properties) {
    this.jdbc = jdbc;
    this.kept = properties.deadLetters().retention();
  }

  @Scheduled(fixedDelay = 3_600_000)
  void run() {
    try {
      runOnce();
    } catch (DataAccessException e) {
      log.warn("old dead letters are forgotten later: {}", e.toString());
    }
  }

  /** Forgets all that is due. */
  void runOnce() {
    while (forgetLetters() == AT_ONCE) {
      log.debug("forgot {} dead letters", AT_ONCE);
    }
    while (forgetItems() == AT_ONCE) {
      log.debug("forgot {} letters of replays", AT_ONCE);
    }
    forgetReplays();
  }

  private int forgetLetters() {
    return jdbc.sql(
            """
            with gone as (
              delete from dead_letter where id in (
                select id from dead_letter
                where state in ('RESOLVED', 'DISCARDED')
                  and coalesce(resolved_at, decided_at) < clock_timestamp() - make_interval(secs => :kept)
                limit :most for update skip locked)
              returning task_id
            ), attempts as (
              delete from purge_attempt where task_id in (select task_id from gone)
            )
            select count(*) from gone
            """)
        .param("kept", kept.toSeconds())
        .param("most", AT_ONCE)
        .query(Integer.class)
        .single();
  }

  /** Of replays none of whose letters still waits for an outcome. */
  private int forgetItems() {
    return jdbc.sql(
            """
            delete from replay_item where (replay_id, dead_letter_id) in (
              select i.replay_id, i.dead_letter_id from replay_item i join replay r on r.id = i.replay_id
              where r.finished_at < clock_timestamp() - make_interval(secs => :kept)
                and not exists (select from replay_item where replay_id = r.id and outcome is null)
              limit :most)
            """)
        .param("kept", kept.toSeconds())
        .param("most", AT_ONCE)
        .update();
  }

  private void forgetReplays() {
    jdbc.sql(
            """
            delete from replay r
            where finished_at < clock_timestamp() - make_interval(secs => :kept)
              and not exists (select from replay_item where replay_id = r.id)
            """)
        .param("kept", kept.toSeconds())
        .update();
  }
}
