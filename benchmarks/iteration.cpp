// Whole iterations of `particle_swarm` through the graph: the counter ns_per_component is the time of one iteration
// divided by particles x dimensions, objective included.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "skein/encodings/real_vector.hpp"
#include "skein/operators.hpp"
#include "skein/plugins/particle_swarm.hpp"
#include "skein/problems/test_functions.hpp"
#include "skein/session.hpp"

namespace {

constexpr const char* functions[] = {"sphere", "rastrigin", "rosenbrock", "griewank", "ackley"};

std::string document_text(const std::string& function, std::int64_t particles, std::int64_t dimension,
                          std::int64_t iterations) {
  return R"({"format": "skein/1", "run": "benchmark", "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": )" +
         std::to_string(particles) + R"(}}, "problem": {"name": ")" + function + R"(", "dimension": )" +
         std::to_string(dimension) + R"(}, "stop": {"iterations": )" + std::to_string(iterations) + "}}";
}

skein::Job prepare(const std::string& text) {
  skein::Session session;
  skein::register_operators(session.registry());
  skein::register_real_vector(session.registry());
  skein::register_test_functions(session.registry());
  skein::register_particle_swarm(session.registry());
  skein::Diagnostics diagnostics;
  const auto document = session.read_run(text, "benchmark", diagnostics);
  auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  for (const skein::Diagnostic& diagnostic : diagnostics.items()) {
    if (diagnostic.severity == skein::Severity::error) throw std::runtime_error(to_text(diagnostic));
  }
  return *job;
}

void whole_iteration(benchmark::State& state) {
  const std::string function = functions[state.range(0)];
  const std::int64_t particles = state.range(1);
  const std::int64_t dimension = state.range(2);
  const std::int64_t iterations = std::max<std::int64_t>(20, 10'000'000 / (particles * dimension));
  const skein::Job job = prepare(document_text(function, particles, dimension, iterations));
  double seconds = 0;
  for (auto _ : state) {
    skein::RunOptions options = job.options;
    options.threads = static_cast<std::size_t>(state.range(3));
    skein::Run run(job.plan, options);
    const auto start = std::chrono::steady_clock::now();
    run.advance();
    const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    state.SetIterationTime(elapsed);
    seconds += elapsed;
  }
  const auto components =
      static_cast<double>(particles * dimension * (iterations + 1)) * static_cast<double>(state.iterations());
  state.counters["ns_per_component"] = seconds * 1e9 / components;
  state.SetLabel(function);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"function", "particles", "dimension", "threads"});
  for (std::int64_t function = 0; function < 5; ++function) {
    benchmark->Args({function, 50, 30, 1});
    benchmark->Args({function, 1000, 100, 1});
  }
  for (const std::int64_t threads : {1, 2}) benchmark->Args({0, 10'000, 100, threads});
  benchmark->UseManualTime()->Unit(benchmark::kMillisecond);
}

}  // namespace

BENCHMARK(whole_iteration)->Apply(sizes);
