package io.purgeline.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Groups, lists and counts over a million dead letters: an operator must not wait for them, and the
 * gateway must not hold them.
 */
final class DeadLettersBenchmark implements Benchmark {

  private static final int LETTERS = 1_000_000;
  private static final int TIMES = 20;

  @Override
  public void run(Scale scale) throws Exception {
    var letters = scale.of(LETTERS);
    System.out.printf("%d dead letters; each question %d times%n", letters, TIMES);
    try (var installation = BenchInstallation.start(List.of(), List.of())) {
      ask(installation.api, "/dead-letters/groups", TIMES);
      var before = Memory.of(installation.gateway.pid());
      fill(installation, letters);
      Table.header("question", "ms min / median / max");
      for (var question : questions()) {
        var times = ask(installation.api, question.path(), TIMES);
        Table.row(question.name(), Spread.of(times).show(1));
      }
      var oneGroup = dryRun(installation.api, Map.of("group", "group-900"));
      Table.row("dry run of one group", Spread.of(oneGroup).show(1));
      var all = dryRun(installation.api, Map.of("all", true));
      Table.row("dry run of all", Spread.of(all).show(1));
      var after = Memory.of(installation.gateway.pid());
      Table.header("gateway", "live heap, MiB", "resident, MiB");
      print("with none", before);
      print("with " + letters, after);
    }
  }

  private static List<Question> questions() {
    var hourAgo = Instant.now().minus(Duration.ofHours(1));
    return List.of(
        new Question("groups", "/dead-letters/groups"),
        new Question("list", "/dead-letters"),
        new Question("list of one state", "/dead-letters?state=DISCARDED"),
        new Question("list of one class", "/dead-letters?class=CRASH_LOOP"),
        new Question("list of one kind", "/dead-letters?kind=training"),
        new Question("list of one old group", "/dead-letters?group=group-7"),
        new Question("open ones of one group", "/dead-letters?group=group-700&state=OPEN"),
        new Question("list of the last hour", "/dead-letters?since=" + hourAgo),
        new Question(
            "list of one state, class and kind",
            "/dead-letters?state=OPEN&class=BUG&kind=dataset"));
  }

  private static List<Double> ask(Api api, String path, int times)
      throws IOException, InterruptedException {
    var answers = new ArrayList<Double>();
    for (int i = 0; i < times; i++) {
      var start = System.nanoTime();
      api.get("/api/v1" + path);
      answers.add((System.nanoTime() - start) / 1e6);
    }
    return answers;
  }

  private static List<Double> dryRun(Api api, Map<String, Object> selector)
      throws IOException, InterruptedException {
    var request = Map.of("selector", selector, "reason", "measured", "dry_run", true);
    var answers = new ArrayList<Double>();
    for (int i = 0; i < TIMES; i++) {
      var start = System.nanoTime();
      api.post("/api/v1/replays", request);
      answers.add((System.nanoTime() - start) / 1e6);
    }
    return answers;
  }

  /**
   * A thousand causes of very different size; one letter in a hundred has another state or class.
   * Each belongs to a deletion of its own whose one task has one failed key.
   */
  private static void fill(BenchInstallation installation, int letters) {
    installation
        .sql
        .sql(
            """
            with letter as materialized (
              select i, uuidv7() as deletion, uuidv7() as task, uuidv7() as id,
                     case when i % 100 = 3 then 'training' else 'dataset' end as kind,
                     case when i % 100 = 4 then 'DISCARDED' when i % 100 = 5 then 'RESOLVED' else 'OPEN' end as state,
                     case when i % 100 = 4 then 'kept' end as decided,
                     now() - make_interval(secs => :letters - i) as at
              from generate_series(1, :letters) i
            ), deletions as (
              insert into purgeline.deletion (id, resource_kind, resource_id, resource_name, snapshot, actor, state)
              select deletion, kind, deletion::text, 'resource ' || i, '{}', 'bench', 'DEAD' from letter
            ), tasks as (
              insert into purgeline.purge_task (id, deletion_id, location, queue, state)
              select task, deletion, 's3://main/bucket/' || i || '/', 'purgeline.objects.main', 'DEAD' from letter
            ), failures as (
              insert into purgeline.purge_failure (task_id, what, code, message, bytes)
              select task, i || '/key', 'AccessDenied', 'Access Denied.', 256 from letter
            )
            insert into purgeline.dead_letter
              (id, task_id, deletion_id, class, generation, message, bytes, fingerprint, title, kind, store, state,
               first_at, last_at, decision, decided_by, decided_at)
            select id, task, deletion,
                   case when i % 100 = 1 then 'CRASH_LOOP' when i % 10 = 2 then 'BUG' else 'ITEM' end, 1,
                   'AccessDenied: ' || i, 256, 'group-' || floor(sqrt(i)), 'AccessDenied', kind,
                   'purgeline.objects.main', state, at, at,
                   decided, decided, case when decided is null then null else at end
            from letter
            """)
        .param("letters", letters)
        .update();
    for (var table : List.of("dead_letter", "purge_task", "deletion", "purge_failure")) {
      installation.sql.sql("vacuum analyze purgeline." + table).update();
    }
    installation.sql.sql("checkpoint").update();
  }

  private static void print(String name, Memory memory) {
    Table.row(name, mebibytes(memory.heap()), mebibytes(memory.resident()));
  }

  private static String mebibytes(double bytes) {
    return "%.1f".formatted(bytes / (1 << 20));
  }

  /** What an operator asks. */
  private record Question(String name, String path) {}
}
