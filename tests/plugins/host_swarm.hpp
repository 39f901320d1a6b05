// Runs of a particle swarm on a problem of the host.
#pragma once

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "skein/host_problem.hpp"
#include "skein/session.hpp"
#include "tests/plugins/prepared_run.hpp"

namespace skein::tests {

/// f(x) = sum of (x_i - 0.25)^2.
inline double bowl(std::span<const double> point) {
  double sum = 0.0;
  for (const double x : point) sum += (x - 0.25) * (x - 0.25);
  return sum;
}

inline HostProblem bowl_problem(std::size_t dimension = 4) {
  HostProblem problem;
  problem.name = "bowl";
  problem.dimension = dimension;
  problem.lower = {-1.0};
  problem.upper = {1.0};
  return problem;
}

/// The same, computed by a function of the host.
inline HostProblem own_bowl(std::size_t dimension = 4) {
  HostProblem problem = bowl_problem(dimension);
  problem.objective = bowl;
  return problem;
}

inline RunDocument swarm_document(std::size_t swarm_size = 10, std::uint64_t iterations = 5) {
  RunDocument document;
  document.name = "host";
  document.algorithm.name = "particle_swarm";
  document.algorithm.parameters = {{"swarm_size", {}, Value(static_cast<std::int64_t>(swarm_size))}};
  document.stop.iterations = iterations;
  document.seed = 7;
  return document;
}

inline Job host_job(const Session& session, HostProblem description, const RunDocument& document) {
  Diagnostics diagnostics;
  const auto problem = make_problem(std::move(description), diagnostics);
  auto job = problem == nullptr ? std::nullopt : session.prepare(document, problem, diagnostics);
  REQUIRE_MESSAGE(job.has_value(), all_text(diagnostics));
  return *std::move(job);
}

/// Everything that a run has found, bit by bit.
inline std::vector<std::uint64_t> found_bits(const Job& job, const Run& run) {
  const Result result = make_result(job, run);
  std::vector<std::uint64_t> bits = {result.evaluations, static_cast<std::uint64_t>(result.iterations),
                                     std::bit_cast<std::uint64_t>(result.best_quality.value())};
  for (const Value& number : result.best_solution.list()) bits.push_back(std::bit_cast<std::uint64_t>(number.number()));
  const In<double> position(*run.variable("swarm.position"));
  for (std::size_t row = 0; row < position.rows(); ++row) {
    for (std::size_t i = 0; i < position.width(); ++i) {
      bits.push_back(std::bit_cast<std::uint64_t>(position(row, i)));
    }
  }
  return bits;
}

/// What a run finds whose objective is a function.
inline std::vector<std::uint64_t> undisturbed_bits(const Session& session, const RunDocument& document,
                                                   HostProblem problem = bowl_problem()) {
  problem.objective = bowl;
  const Job job = host_job(session, std::move(problem), document);
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::finished);
  return found_bits(job, run);
}

}  // namespace skein::tests
