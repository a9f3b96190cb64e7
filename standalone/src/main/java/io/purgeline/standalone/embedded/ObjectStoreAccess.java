package io.purgeline.standalone.embedded;

/** How to reach the embedded S3 server; every bucket of the settings exists in it. */
public record ObjectStoreAccess(String endpoint, String accessKey, String secretKey) {}
