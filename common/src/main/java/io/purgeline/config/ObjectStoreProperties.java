package io.purgeline.config;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One object store. The gateway needs the buckets only.
 *
 * @param endpoint where it answers, for example {@code http://minio:9000}
 * @param accessKey the access key
 * @param secretKey the secret key
 * @param region the region requests are signed for
 * @param prefixRemoval whether a purge may remove a prefix in one step, which MinIO offers
 * @param buckets the buckets Purgeline may touch; others do not exist for it
 */
public record ObjectStoreProperties(
    @Nullable URI endpoint,
    @Nullable String accessKey,
    @Nullable String secretKey,
    @DefaultValue("us-east-1") String region,
    @DefaultValue("false") boolean prefixRemoval,
    @DefaultValue Set<String> buckets) {}
