package io.purgeline.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.purgeline.gateway.GatewayTestBase;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a request: a 4xx problem that says so, and nothing has changed. */
class BadInputTest extends GatewayTestBase {

  private static final String NEW = "5f0c7b1e-1111-4000-8000-000000000000";
  private static final String CAPITALS = NEW.toUpperCase(Locale.ROOT);
  private static final String LONG = "x".repeat(256);
  private static final List<String> NAMES =
      List.of(
          "null",
          "''",
          "'   '",
          "'" + LONG + "'",
          "'a\\u0000b'",
          "'a\\nb'",
          "'a\\u007fb'",
          "'half \\ud800'",
          "5",
          "true",
          "['a']",
          "{}");
  private static final List<String> URIS =
      List.of(
          "",
          "main/heimdall-synthetic-iq/a/",
          "http://main/heimdall-synthetic-iq/a/",
          "file:///etc/",
          "/etc/passwd",
          "s3://",
          "s3://main",
          "s3://main/",
          "s3://main/heimdall-synthetic-iq",
          "s3://main/heimdall-synthetic-iq/",
          "s3://main/heimdall-synthetic-iq/no-slash",
          "s3://main/heimdall-synthetic-iq//",
          "s3://main/heimdall-synthetic-iq//a/",
          "s3://main/heimdall-synthetic-iq/a//b/",
          "s3://main/heimdall-synthetic-iq/../",
          "s3://main/heimdall-synthetic-iq/a/../b/",
          "s3://main/heimdall-synthetic-iq/./a/",
          "s3://main/heimdall-synthetic-iq/%2e%2e/",
          "s3://main/heimdall-synthetic-iq/a%2Fb/",
          "s3://main/heimdall-synthetic-iq/a%00/",
          "s3://main/heimdall-synthetic-iq/a%5c/",
          "s3://main/heimdall-synthetic-iq/a\\\\b/",
          "s3://main/heimdall-synthetic-iq/a\\u0000b/",
          "s3://main/heimdall-synthetic-iq/a\\nb/",
          "s3://main/heimdall-synthetic-iq/half\\udc00/",
          "s3://other/heimdall-synthetic-iq/a/",
          "s3://main/other-bucket/a/",
          "s3://main/../a/",
          "s3://MAIN!/heimdall-synthetic-iq/a/",
          "dir://trainings/a/..",
          "dir://trainings/a%2f..",
          "dir://",
          "dir://trainings",
          "dir://trainings/",
          "dir://trainings//etc",
          "dir://trainings/../datasets/a",
          "dir://trainings/./a",
          "dir://trainings/a//b",
          "dir://trainings/a\\\\b",
          "dir://trainings/%2e%2e/a",
          "dir://trainings/a\\u0000",
          "dir://trainings/.purgeline-trash/a",
          "dir://other/a",
          "dir:///etc");

  @ParameterizedTest
  @MethodSource({"texts", "names", "fields", "locations", "lists"})
  void refusesABody(String path, String body) {
    var before = records.everything();

    var answer = api.post(path, body.replace('\'', '"'));

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.detail()).isNotBlank().doesNotContain("Exception").doesNotContain("io.purge");
    assertThat(records.everything()).isEqualTo(before);
  }

  static Stream<Arguments> texts() {
    return Stream.of("/datasets", "/jobs", "/trainings", "/models")
        .flatMap(path ->
            Stream.of(
                    "",
                    "null",
                    "[]",
                    "5",
                    "'text'",
                    "{",
                    "{'name':'a'",
                    "{'name':'a'}}",
                    "{'name':'a'} {}",
                    "{name:'a'}",
                    "{}",
                    "\u0000",
                    "[".repeat(2_000),
                    "{'name':'a','name':'b','type':'files','version':'1','dataset_ids':[]}",
                    "{'name':'a','type':'files','version':'1','dataset_ids':[],'nmae':'b'}")
                .map(body -> arguments(path, body)));
  }

  static Stream<Arguments> names() {
    return NAMES.stream()
        .flatMap(name ->
            Stream.of(
                arguments("/datasets", "{'name':" + name + ",'type':'files'}"),
                arguments("/jobs", "{'name':" + name + ",'type':'training'}"),
                arguments("/trainings", "{'name':" + name + "}"),
                arguments("/models", "{'name':" + name + ",'version':'1','dataset_ids':[]}"),
                arguments("/models", "{'name':'m','version':" + name + ",'dataset_ids':[]}")));
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        arguments("/datasets", "{'name':'a'}"),
        arguments("/datasets", "{'name':'a','type':null}"),
        arguments("/datasets", "{'name':'a','type':'other'}"),
        arguments("/datasets", "{'name':'a','type':'IQ_RAW'}"),
        arguments("/datasets", "{'name':'a','type':1}"),
        arguments("/datasets", "{'id':'1','name':'a','type':'files'}"),
        arguments("/datasets", "{'id':1,'name':'a','type':'files'}"),
        arguments("/datasets", "{'id':'','name':'a','type':'files'}"),
        arguments("/datasets", "{'id':' ','name':'a','type':'files'}"),
        arguments("/datasets", "{'id':'Xwx7HhERQACAAAAAAAAAAA','name':'a','type':'files'}"),
        arguments("/datasets", "{'id':'Xwx7HhERQACAAAAAAAAAAA==','name':'a','type':'files'}"),
        arguments("/datasets", "{'id':'" + NEW.replace("-", "") + "','name':'a','type':'files'}"),
        arguments("/datasets", "{'id':['" + NEW + "'],'name':'a','type':'files'}"),
        arguments("/datasets", "{'id':{},'name':'a','type':'files'}"),
        arguments("/datasets", "{'name':'a','type':'files','created_by_job_id':''}"),
        arguments("/datasets", "{'name':'a','type':'files','created_by_job_id':' '}"),
        arguments("/datasets", "{'name':'a','type':'files','locations':''}"),
        arguments("/jobs", "{'id':'','name':'a','type':'training'}"),
        arguments("/models", "{'id':'','name':'a','version':'1','dataset_ids':[]}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':['']}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':''}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':[],'is_active':''}"),
        arguments("/datasets", "{'id':'" + CAPITALS + "','name':'a','type':'files'}"),
        arguments("/datasets", "{'id':'5F" + NEW.substring(2) + "','name':'a','type':'files'}"),
        arguments("/jobs", "{'id':'" + CAPITALS + "','name':'a','type':'training'}"),
        arguments("/models", "{'id':'" + CAPITALS + "','name':'a','version':'1','dataset_ids':[]}"),
        arguments("/datasets", "{'id':'" + NEW + "x','name':'a','type':'files'}"),
        arguments("/datasets", "{'id':'../../etc','name':'a','type':'files'}"),
        arguments("/datasets", "{'name':'a','type':'files','created_by_job_id':'1'}"),
        arguments("/datasets", "{'name':'a','type':'files','created_by_job_id':'" + NEW + "'}"),
        arguments("/datasets", "{'name':'a','type':'files','locations':{}}"),
        arguments("/datasets", "{'name':'a','type':'files','locations':[null]}"),
        arguments("/datasets", "{'name':'a','type':'files','locations':[{}]}"),
        arguments("/datasets", "{'name':'a','type':'files','locations':[{'uri':null}]}"),
        arguments("/datasets", "{'name':'a','type':'files','locations':[{'uri':5}]}"),
        arguments(
            "/datasets",
            "{'name':'a','type':'files','locations':[{'uri':'dir://datasets/a','x':1}]}"),
        arguments(
            "/datasets",
            "{'name':'a','type':'feature_based','locations':[{'uri':'dir://datasets/a'}]}"),
        arguments("/datasets", "{'name':'a','type':'files','sample_count':5}"),
        arguments("/jobs", "{'name':'a','type':'other'}"),
        arguments("/jobs", "{'name':'a','type':'training','status':'done'}"),
        arguments("/jobs", "{'name':'a','type':'training','status':1}"),
        arguments("/trainings", "{'name':'a','id':'train_'}"),
        arguments("/trainings", "{'name':'a','id':'train_1234567'}"),
        arguments("/trainings", "{'name':'a','id':'train_1234567g'}"),
        arguments("/trainings", "{'name':'a','id':'train_" + "0".repeat(65) + "'}"),
        arguments("/trainings", "{'name':'a','id':'" + NEW + "'}"),
        arguments("/trainings", "{'name':'a','id':'train_12345678/..'}"),
        arguments("/trainings", "{'name':'a','status':'done'}"),
        arguments("/trainings", "{'name':'a','dataset_ids':['" + NEW + "']}"),
        arguments("/models", "{'name':'a','version':'1'}"),
        arguments("/models", "{'name':'a','dataset_ids':[]}"),
        arguments("/models", "{'name':'a','version':1,'dataset_ids':[]}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':['" + NEW + "']}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':[],'is_active':'true'}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':[],'is_active':1}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':[],'training_id':'x'}"),
        arguments(
            "/models",
            "{'name':'a','version':'1','dataset_ids':[],'training_id':'train_00000000'}"));
  }

  static Stream<Arguments> locations() {
    return URIS.stream()
        .flatMap(uri ->
            Stream.of(
                arguments(
                    "/datasets",
                    "{'name':'a','type':'iq_raw','locations':[{'uri':'" + uri + "'}]}"),
                arguments("/trainings", "{'name':'a','location':{'uri':'" + uri + "'}}")));
  }

  static Stream<Arguments> lists() {
    var ids =
        String.join(
            ",", Stream.generate(() -> "'" + UUID.randomUUID() + "'").limit(1_000).toList());
    var places = String.join(",", Collections.nCopies(1_000, "{'uri':'dir://datasets/a'}"));
    return Stream.of(
        arguments("/models", "{'name':'a','version':'1','dataset_ids':[" + ids + "]}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':[null]}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':['x']}"),
        arguments("/models", "{'name':'a','version':'1','dataset_ids':'" + NEW + "'}"),
        arguments("/trainings", "{'name':'a','dataset_ids':[" + ids + "]}"),
        arguments("/trainings", "{'name':'a','dataset_ids':[null]}"),
        arguments("/datasets", "{'name':'a','type':'files','locations':[" + places + "]}"));
  }

  @ParameterizedTest
  @MethodSource
  void refusesAPath(String method, String path, String text) {
    var before = records.everything();

    var answer = api.send(method, path, "{}", "Content-Type", "application/json");

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.detail()).contains(text);
    assertThat(records.everything()).isEqualTo(before);
  }

  static Stream<Arguments> refusesAPath() {
    return Stream.of(
        arguments("GET", "/datasets/1", "Invalid dataset_id format"),
        arguments("DELETE", "/datasets/" + NEW + "0", "Invalid dataset_id format"),
        arguments("GET", "/datasets/%20", "Invalid dataset_id format"),
        arguments("GET", "/jobs/x", "Invalid job_id format"),
        arguments("PATCH", "/jobs/x", "Invalid job_id format"),
        arguments("DELETE", "/jobs/x", "Invalid job_id format"),
        arguments("GET", "/trainings/" + NEW, "Invalid training_id format"),
        arguments("PATCH", "/trainings/train_xyz", "Invalid training_id format"),
        arguments("DELETE", "/trainings/train_1", "Invalid training_id format"),
        arguments("GET", "/models/x", "Invalid model_id format"),
        arguments("PATCH", "/models/x", "Invalid model_id format"),
        arguments("DELETE", "/models/x", "Invalid model_id format"),
        arguments("GET", "/datasets?limit=0", "limit"),
        arguments("GET", "/datasets?limit=1001", "limit"),
        arguments("GET", "/datasets?limit=ten", "limit"),
        arguments("GET", "/jobs?limit=-1", "limit"),
        arguments("GET", "/models?limit=99999999999", "limit"),
        arguments("GET", "/datasets?cursor=%21", "cursor"),
        arguments("GET", "/datasets?cursor=bm90aGluZw", "cursor"),
        arguments("GET", "/trainings?cursor=AA", "cursor"),
        arguments("GET", "/datasets/..%2F..%2Fetc", ""),
        arguments("DELETE", "/datasets/..%2f..%2fetc", ""),
        arguments("DELETE", "/datasets/%2e%2e/jobs", ""),
        arguments("DELETE", "/datasets/%5c..%5c", ""),
        arguments("DELETE", "/datasets/%00", ""),
        arguments("DELETE", "/jobs/synthetic/datasets/..%2f..%2fetc", ""),
        arguments("DELETE", "/training/synthetic/datasets/..%2f..%2fetc", ""),
        arguments("DELETE", "/jobs/..%2F..%2Fetc", ""),
        arguments("DELETE", "/jobs/synthetic/..%2f..%2fetc", ""),
        arguments("DELETE", "/jobs/%2e%2e/datasets", ""),
        arguments("DELETE", "/jobs/" + NEW + "%2f..", ""),
        arguments("DELETE", "/trainings/..%2F..%2Fetc", ""),
        arguments("DELETE", "/trainings/%2e%2e%2ftrainings", ""),
        arguments("DELETE", "/trainings/%2e%2e/jobs", ""),
        arguments("DELETE", "/trainings/train_12345678%2f..%2f..", ""),
        arguments("DELETE", "/trainings/train_12345678%5c..", ""),
        arguments("DELETE", "/trainings/train_12345678%00", ""),
        arguments("DELETE", "/trainings/train_12345678..", "Invalid training_id format"),
        arguments("DELETE", "/datasets//x", ""),
        arguments("DELETE", "/datasets/a;b=c", ""));
  }

  @ParameterizedTest
  @MethodSource
  void refusesAChange(String path, String body) {
    var job = records.job("training", "running");
    var training = records.training("running");
    var model = records.model(io.purgeline.gateway.Records.name("m"), false, false);
    var before = records.everything();

    var answer =
        api.patch(
            path.replace("JOB", job.toString())
                .replace("TRAINING", training)
                .replace("MODEL", model.toString()),
            body.replace('\'', '"'));

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(records.everything()).isEqualTo(before);
  }

  static Stream<Arguments> refusesAChange() {
    return Stream.of(
        arguments("/jobs/JOB", "{}"),
        arguments("/jobs/JOB", "{'status':null}"),
        arguments("/jobs/JOB", "{'status':'done'}"),
        arguments("/jobs/JOB", "{'status':'failed','name':'b'}"),
        arguments("/jobs/JOB", "{'status':'failed'"),
        arguments("/trainings/TRAINING", "{}"),
        arguments("/trainings/TRAINING", "{'status':7}"),
        arguments("/trainings/TRAINING", "{'state':'failed'}"),
        arguments("/models/MODEL", "{'is_active':'yes'}"),
        arguments("/models/MODEL", "{'active':true}"),
        arguments("/models/MODEL", "[true]"));
  }
}
