package io.purgeline.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete dataset|job|training ID}. */
@Command(
    name = "delete",
    description = "Deletes a dataset, a job or a training, and its bytes. This cannot be undone.")
final class DeleteCommand extends ApiCommand {

  /** What can be deleted. */
  enum Kind {
    dataset,
    job,
    training
  }

  @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
  private Kind kind = Kind.dataset;

  @Parameters(index = "1", paramLabel = "ID", description = "What is deleted.")
  private String id = "";

  @Option(
      names = "--with-datasets",
      description = "Of a job, all datasets that it created, too; without it they stay.")
  private boolean withDatasets;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept with the deletion.")
  private @Nullable String reason;

  @Option(names = "--watch", description = "Waits until the purge has ended.")
  private boolean watch;

  @Option(names = "--yes", description = "Does not ask, however many datasets go with a job.")
  private boolean yes;

  @Override
  int run(Api api) throws InterruptedException {
    if (withDatasets && kind != Kind.job) {
      throw new FailedException(ExitCode.USAGE, "--with-datasets is for jobs.");
    }
    if (withDatasets) {
      askIfMany(api);
    }
    var deleted = api.delete(Api.path("/" + kind + "s/%s", id) + Api.query(query()));
    var deletion = deleted.deletionId();
    screen.line("Deletion %s accepted.", deletion);
    if (kind == Kind.job) {
      var datasets = deleted.body().path("datasets_deleted").asLong();
      screen.line("With the job: %s.", Readable.plural(datasets, "dataset"));
    }
    if (watch) {
      return new Watch(api, screen).deletion(deletion);
    }
    if (screen.isJson()) {
      screen.json(api.get(Api.path("/deletions/%s", deletion)));
    }
    return ExitCode.DONE;
  }

  private void askIfMany(Api api) {
    var preview = api.get(Api.path("/jobs/%s/deletion-preview?delete_dataset=true", id));
    var datasets = preview.path("datasets").size();
    if (datasets > Screen.MANY) {
      screen.confirm(
          yes,
          "Delete job %s with %d datasets, %s?"
              .formatted(id, datasets, Readable.bytes(preview, "bytes")));
    }
  }

  private Map<String, String> query() {
    var query = new LinkedHashMap<String, String>();
    if (kind == Kind.job) {
      query.put("delete_dataset", Boolean.toString(withDatasets));
    }
    if (reason != null && reason.isBlank()) {
      throw new FailedException(ExitCode.USAGE, "The reason is empty.");
    }
    Pages.put(query, "reason", reason);
    return query;
  }
}
