package io.purgeline.gateway.deletion;

import io.purgeline.gateway.http.ApiException;
import io.purgeline.gateway.http.QueryValues;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as they come in paths. */
final class ResourceIds {

  private static final Pattern TRAINING = Pattern.compile("train_[0-9a-fA-F]{8,64}");

  private ResourceIds() {}

  static UUID dataset(String id) {
    return QueryValues.uuid(id, "Invalid dataset_id format");
  }

  static UUID job(String id) {
    return QueryValues.uuid(id, "Invalid job_id format");
  }

  static UUID deletion(String id) {
    return QueryValues.uuid(id, "Invalid deletion_id format");
  }

  static String training(String id) {
    if (!TRAINING.matcher(id).matches()) {
      throw ApiException.badRequest("Invalid training_id format");
    }
    return id;
  }
}
