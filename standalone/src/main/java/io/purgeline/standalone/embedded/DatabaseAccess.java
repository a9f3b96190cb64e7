package io.purgeline.standalone.embedded;

/** How to reach the embedded PostgreSQL. */
public record DatabaseAccess(String jdbcUrl, String username, String password) {}
