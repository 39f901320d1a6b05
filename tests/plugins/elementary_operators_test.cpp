// Elementary operators as a graph binds them: a differential evolution that is made of nothing else.
#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

const char* const document = R"({"format": "skein/1", "run": "test",
"problem": {"name": "sphere", "dimension": 10}, "seed": 1, "stop": {"iterations": 300},
"algorithm": {"graph": {
  "format": "skein/1", "graph": "evolution", "summary": "A differential evolution of elementary operators.",
  "ports": {"out": {"best": "solution", "best_fitness": "fitness", "iterations": {"type": "integer", "initial": 0},
                    "centroid": "real[d]", "length": "real", "total": "real"}},
  "variables": {"stop": "boolean", "leader": "index<swarm>", "leading": "solution", "scale": "real"},
  "populations": {"swarm": {"rows": 60, "columns": {
    "position": "solution[n]", "fitness": "fitness[n]", "trial": "solution[n]", "trial_fitness": "fitness[n]",
    "personal_best": "solution[n]", "personal_best_fitness": "fitness[n]",
    "r1": "index<swarm>[n]", "r2": "index<swarm>[n]", "r3": "index<swarm>[n]",
    "a": "solution[n]", "b": "solution[n]", "c": "solution[n]", "u": "real[n,d]", "crosses": "boolean[n,d]",
    "lengths": "real[n]", "is_none": "boolean[n]", "counts": "real[n]", "limits": "real[n]"}}},
  "slots": {"particle_creator": {"role": "particle_creator"}, "evaluator": {"role": "evaluator"},
            "swarm_updater": {"role": "swarm_updater"}, "stop_criterion": {"role": "stop_criterion"}},
  "nodes": {
    "draw": {"slot": "particle_creator"}, "evaluate": {"slot": "evaluator"}, "remember": {"slot": "swarm_updater"},
    "evaluate trial": {"slot": "evaluator", "in": {"position": "trial"}, "out": {"fitness": "trial_fitness"}},
    "start": {"operator": "assign", "in": {"value": 0.5}, "out": {"target": "scale"}},
    "rescale": {"operator": "assign", "in": {"value": "= (scale + 0.6) / 2"}, "out": {"target": "scale"}},
    "r1": {"operator": "random_row", "parameters": {"other": true}, "out": {"rows": "r1"}},
    "r2": {"operator": "random_row", "parameters": {"other": true}, "out": {"rows": "r2"}},
    "r3": {"operator": "random_row", "parameters": {"other": true}, "out": {"rows": "r3"}},
    "a": {"operator": "gather", "in": {"source": "position", "rows": "r1"}, "out": {"values": "a"}},
    "b": {"operator": "gather", "in": {"source": "position", "rows": "r2"}, "out": {"values": "b"}},
    "c": {"operator": "gather", "in": {"source": "position", "rows": "r3"}, "out": {"values": "c"}},
    "b-c": {"operator": "vector_subtract", "in": {"minuend": "b", "subtrahend": "c"}, "out": {"difference": "b"}},
    "scaled": {"operator": "scalar_multiply", "in": {"vector": "b", "scalar": "scale"}, "out": {"product": "b"}},
    "mutant": {"operator": "vector_add", "in": {"first": "a", "second": "b"}, "out": {"sum": "a"}},
    "reflect": {"operator": "reflect", "inout": {"value": "a"}},
    "u": {"operator": "uniform_random_vector", "out": {"values": "u"}},
    "u is small": {"operator": "compare", "in": {"first": "u", "second": 0.9}, "out": {"result": "crosses"}},
    "cross": {"operator": "select", "in": {"condition": "crosses", "when_true": "a", "when_false": "position"},
              "out": {"selected": "trial"}},
    "keep": {"operator": "select_better", "in": {"candidate": "trial", "candidate_fitness": "trial_fitness"},
             "inout": {"solution": "position", "fitness": "fitness"}},
    "leader": {"operator": "argbest", "out": {"row": "leader"}},
    "leading": {"operator": "take_row", "in": {"source": "position", "row": "leader"}, "out": {"value": "leading"}},
    "to all": {"operator": "copy", "in": {"source": "leading"}, "out": {"target": "b"}},
    "centroid": {"operator": "mean_over_rows", "in": {"vector": "b"}, "out": {"mean": "centroid"}},
    "away": {"operator": "vector_subtract", "in": {"minuend": "position", "subtrahend": "centroid"},
             "out": {"difference": "c"}},
    "lengths": {"operator": "norm", "in": {"vector": "c"}, "out": {"norm": "lengths"}},
    "double": {"operator": "scalar_multiply", "in": {"vector": "lengths", "scalar": 2}, "out": {"product": "lengths"}},
    "length": {"operator": "scalar_mean", "in": {"numbers": "lengths"}, "out": {"mean": "length"}},
    "zeros": {"operator": "copy", "in": {"source": 0.0}, "out": {"target": "limits"}},
    "ones": {"operator": "fill_vector", "in": {"value": 1}, "out": {"target": "counts"}},
    "is none": {"operator": "compare", "parameters": {"relation": "less"},
               "in": {"first": "lengths", "second": 0}, "out": {"result": "is_none"}},
    "count": {"operator": "select_rows", "in": {"condition": "is_none", "when_true": "limits", "when_false": "counts"},
              "out": {"selected": "counts"}},
    "total": {"operator": "scalar_sum", "in": {"numbers": "counts"}, "out": {"sum": "total"}},
    "next": {"operator": "increment", "inout": {"value": "iterations"}}, "stop?": {"slot": "stop_criterion"}},
  "flow": ["draw", "evaluate", "remember", "start", "stop?", {"while": "= not stop", "loop": [
    "rescale", "r1", "r2", "r3", "a", "b", "c", "b-c", "scaled", "mutant", "reflect", "u", "u is small", "cross",
    "evaluate trial", "keep", "remember", "leader", "leading", "to all", "centroid", "away", "lengths", "double",
    "length", "zeros", "ones", "is none", "count", "total", "next", "stop?"]}]}}})";

struct Outcome {
  double best;
  std::vector<double> centroid;
  double length, total;
};

Outcome outcome(const Job& job, std::size_t threads, std::size_t tile_rows) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  const auto numbers = [&](const char* name) {
    const In<double> view(run.variable(name).value());
    return std::vector<double>(view.row(0), view.row(0) + view.width());
  };
  return {make_result(job, run).best_quality.value(), numbers("centroid"), numbers("length")[0], numbers("total")[0]};
}

}  // namespace

TEST_CASE("a differential evolution of elementary operators finds a minimum, with the same bits for any threads") {
  const ThreadLimit two_threads(2);
  const Session session = full_session();
  const Job job = prepared(session, document);
  const Outcome first = outcome(job, 1, 0);
  CHECK(first.best < 1e-8);
  // All rows hold the leader, so that their mean is the best point.
  double square = 0;
  for (const double x : first.centroid) square += x * x;
  CHECK(square / first.best == doctest::Approx(1).epsilon(1e-9));
  CHECK((first.length > 0 && first.length < 1e-2));
  CHECK(first.total == 60);
  for (const std::size_t tile_rows : {1U, 3U, 64U}) {
    const Outcome other = outcome(job, 2, tile_rows);
    CHECK(std::bit_cast<std::uint64_t>(other.best) == std::bit_cast<std::uint64_t>(first.best));
    CHECK(std::bit_cast<std::uint64_t>(other.length) == std::bit_cast<std::uint64_t>(first.length));
    CHECK(other.centroid == first.centroid);
  }
}
