package io.purgeline.benchmarks; final class LatencyBenchmark implements Benchmark { public void run(Scale scale) {} }
