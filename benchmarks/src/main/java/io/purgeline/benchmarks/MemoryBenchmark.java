package io.purgeline.benchmarks; final class MemoryBenchmark implements Benchmark { public void run(Scale scale) {} }
