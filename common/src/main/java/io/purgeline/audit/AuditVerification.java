package io.purgeline.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a check of the whole chain found.
 *
 * @param ok whether every sealed entry is what it was when it was sealed, and none is missing
 * @param head the last seal, in hexadecimal; noted elsewhere, it proves later that nothing before
 *     it was changed
 * @param sealed how many entries are sealed
 * @param unsealed how many wait for their seal
 * @param brokenAt the first seal that does not fit, null if all do
 */
public record AuditVerification(
    boolean ok, @Nullable String head, long sealed, long unsealed, @Nullable Long brokenAt) {}
