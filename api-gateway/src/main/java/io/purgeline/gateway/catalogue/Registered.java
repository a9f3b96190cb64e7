package io.purgeline.gateway.catalogue;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * A resource after a POST.
 *
 * @param isNew false where the same request had been made before
 */
record Registered<T>(T resource, boolean isNew) {

  ResponseEntity<T> toResponse() {
    return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(resource);
  }
}
