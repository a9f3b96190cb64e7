package io.purgeline.benchmarks;

import java.util.List;

/** A prefix with objects in it. */
record Filled(String prefix, List<String> keys) {}
