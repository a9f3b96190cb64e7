package io.purgeline.gateway.catalogue;

import java.util.UUID;

/**
 * What a deletion needs to know of a dataset.
 *
 * @param id its id
 * @param name its name
 * @param type {@code iq_raw}, {@code feature_based} or {@code files}
 * @param unsettled whether somebody may still be writing to it
 * @param samples how many objects are registered
 * @param bytes their size
 */
public record DeletableDataset(
    UUID id, String name, String type, boolean unsettled, long samples, long bytes) {}
