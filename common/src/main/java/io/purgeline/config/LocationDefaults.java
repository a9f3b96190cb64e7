package io.purgeline.config;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Locations of resources that are registered without any; <code>{id}</code> stands for the
 * resource's id.
 *
 * @param datasetLocations of datasets of type {@code iq_raw}
 * @param filesLocations of datasets of type {@code files}
 * @param trainingLocations of trainings
 */
public record LocationDefaults(
    @DefaultValue({
          "s3://main/heimdall-synthetic-iq/synthetic/{id}/",
          "s3://main/heimdall-synthetic-iq/synthetic/dataset-{id}/"
        })
        List<String> datasetLocations,
    @DefaultValue("dir://datasets/{id}") List<String> filesLocations,
    @DefaultValue("dir://trainings/{id}") List<String> trainingLocations) {}
