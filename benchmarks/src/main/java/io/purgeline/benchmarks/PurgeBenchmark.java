package io.purgeline.benchmarks; final class PurgeBenchmark implements Benchmark { public void run(Scale scale) {} }
