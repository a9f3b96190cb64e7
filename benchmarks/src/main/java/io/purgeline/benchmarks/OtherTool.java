package io.purgeline.benchmarks;

import io.purgeline.testing.MinioServer;
import io.purgeline.testing.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program people use for this today, with its defaults. */
record OtherTool(
    String name, String bucket, Tool tool, Map<String, String> environment, List<String> command)
    implements Contender {

  /** Those that this machine has; says which it has not. */
  static List<Contender> found(MinioServer minio, String bucket)
      throws IOException, InterruptedException {
    var found = new ArrayList<Contender>();
    var s5cmd = Tool.find("s5cmd");
    if (s5cmd.isPresent()) {
      found.add(s5cmd(s5cmd.get(), minio, bucket));
    } else {
      sayMissing("s5cmd");
    }
    var mc = Tool.find("mc");
    if (mc.isPresent() && isOfMinio(mc.get())) {
      found.add(mc(mc.get(), minio, bucket));
    } else {
      sayMissing("mc, MinIO's client,");
    }
    return found;
  }

  /** A widespread file manager has the same name. */
  private static boolean isOfMinio(Tool mc) throws IOException, InterruptedException {
    return mc.run(Map.of(), "--version").contains("MinIO");
  }

  private static void sayMissing(String name) {
    System.out.println(
        name + " is not here, so it's not measured; scripts/install-bench-tools installs it");
  }

  private static OtherTool s5cmd(Tool tool, MinioServer minio, String bucket) {
    var environment =
        Map.of(
            "AWS_ACCESS_KEY_ID", minio.accessKey(),
            "AWS_SECRET_ACCESS_KEY", minio.secretKey(),
            "AWS_REGION", S3Access.REGION);
    var endpoint = minio.endpoint().toString();
    var command = List.of("--endpoint-url", endpoint, "rm", "s3://" + bucket + "/PREFIX*");
    return new OtherTool("s5cmd rm", bucket, tool, environment, command);
  }

  private static OtherTool mc(Tool tool, MinioServer minio, String bucket) throws IOException {
    var login = minio.accessKey() + ":" + minio.secretKey() + "@";
    var host = minio.endpoint().toString().replace("http://", "http://" + login);
    var folder = Files.createTempDirectory("purgeline-bench-mc-");
    var environment = Map.of("MC_HOST_bench", host, "MC_CONFIG_DIR", folder.toString());
    var command = List.of("rm", "--recursive", "--force", "bench/" + bucket + "/PREFIX");
    return new OtherTool("mc rm --recursive --force", bucket, tool, environment, command);
  }

  @Override
  public void empty(Filled filled) throws IOException, InterruptedException {
    var arguments =
        command.stream().map(a -> a.replace("PREFIX", filled.prefix())).toArray(String[]::new);
    tool.run(environment, arguments);
  }
}
