package io.purgeline.config;

import io.purgeline.location.InvalidLocationException;
import io.purgeline.location.Location;
import java.util.List;

/**
 * Refuses default locations that no resource could have. Found at the start, they are the
 * operator's mistake; found later, they would be told to a client who can do nothing about them.
 */
final class LocationTemplates {

  private static final String ID = "{id}";
  private static final String DATASET = "ffffffff-ffff-ffff-ffff-ffffffffffff";

  /** The longest that the API takes. */
  private static final String TRAINING = "train_" + "f".repeat(64);

  private LocationTemplates() {}

  /**
   * Reads every default as for a resource with the longest id.
   *
   * @throws ConfigurationException in one sentence that names the property
   */
  static void require(PurgelineProperties properties) {
    var defaults = properties.defaults();
    require("dataset-locations", defaults.datasetLocations(), DATASET);
    require("files-locations", defaults.filesLocations(), DATASET);
    require("training-locations", defaults.trainingLocations(), TRAINING);
  }

  private static void require(String property, List<String> templates, String id) {
    for (int i = 0; i < templates.size(); i++) {
      var name = "purgeline.defaults." + property + "[" + i + "]";
      var start = location(name, templates.get(i), id).spanStart();
      for (var other : templates.subList(0, i)) {
        var otherStart = location(name, other, id).spanStart();
        if (start.startsWith(otherStart) || otherStart.startsWith(start)) {
          throw invalid(name, templates.get(i), "it overlaps " + other);
        }
      }
    }
  }

  private static Location location(String name, String template, String id) {
    if (!template.contains(ID)) {
      throw invalid(name, template, "without " + ID + " all resources would have the same place");
    }
    try {
      return Location.parse(template.replace(ID, id));
    } catch (InvalidLocationException e) {
      throw invalid(name, template, e.problem());
    }
  }

  private static ConfigurationException invalid(String name, String template, String problem) {
    return new ConfigurationException(
        "Invalid value '%s' of %s: %s.".formatted(template, name, problem));
  }
}
