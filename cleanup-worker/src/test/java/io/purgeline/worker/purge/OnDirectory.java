package io.purgeline.worker.purge;

import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import java.nio.file.Path;

/** Tests that delete a directory of the root {@code trainings}. */
abstract class OnDirectory extends OnPipeline {

  OnDirectory(String... settings) {
    super(settings);
  }

  Deletion delete() {
    return pipeline().training().at(location()).commit();
  }

  String location() {
    return "dir://trainings/" + directory();
  }

  Path root() {
    return pipeline().root("trainings");
  }

  Path target() {
    return root().resolve(directory());
  }

  Path trash() {
    return root().resolve(".purgeline-trash");
  }
}
