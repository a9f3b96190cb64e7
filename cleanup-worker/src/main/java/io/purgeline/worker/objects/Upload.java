package io.purgeline.worker.objects;

/** An incomplete multipart upload. */
public record Upload(String key, String id) {}
