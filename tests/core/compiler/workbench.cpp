#include "tests/core/compiler/workbench.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "plan/plan.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

struct Scatter {
  static constexpr std::string_view name = "scatter";
  static constexpr std::string_view summary = "uniform positions between the bounds";
  static constexpr std::array streams = {StreamSpec{"", "the positions"}};
  static constexpr std::array<std::string_view, 1> roles = {"creator"};
  struct Ports {
    Out<double> position;
    In<double> lower, upper;
  };
  static constexpr auto ports =
      std::tuple{out("position", &Ports::position, "real[n,d]", ""), in("lower", &Ports::lower, "real[d]", ""),
                 in("upper", &Ports::upper, "real[d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      double* const x = io.position.row(row);
      context.random(0).fill_uniform(x, io.position.width());
      for (std::size_t i = 0; i < io.position.width(); ++i) {
        x[i] = io.lower(0, i) + x[i] * (io.upper(0, i) - io.lower(0, i));
      }
    }
  }
};

struct Add {
  static constexpr std::string_view name = "add";
  static constexpr std::string_view summary = "value <- value + by";
  static constexpr std::array<std::string_view, 1> roles = {"updater"};
  struct Ports {
    InOut<double> value;
    In<double> by;
    In<double> also;
  };
  static constexpr auto ports = std::tuple{inout("value", &Ports::value, "real[n,d]", ""),
                                           in("by", &Ports::by, "real[n,d]", "").broadcast().initial("=1/d"),
                                           in("also", &Ports::also, "real", "").optional()};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      for (std::size_t i = 0; i < io.value.width(); ++i) {
        io.value(row, i) += io.by(row, i) + (io.also ? io.also.value() : 0.0);
      }
    }
  }
};

struct Scale {
  static constexpr std::string_view name = "scale";
  static constexpr std::string_view summary = "target <- value * by";
  struct Ports {
    In<double> value, by;
    Out<double> target;
    Scratch<double> doubled;
  };
  static constexpr auto ports = std::tuple{in("value", &Ports::value, "real[n,d]", "").broadcast(),
                                           out("target", &Ports::target, "real[n,d]", "").broadcast(),
                                           in("by", &Ports::by, "real[n,d]", "").broadcast().initial("2"),
                                           scratch("doubled", &Ports::doubled, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      for (std::size_t i = 0; i < io.target.width(); ++i) {
        io.doubled.data[i] = io.value(row, i) * io.by(row, i);
        io.target(row, i) = io.doubled.data[i];
      }
    }
  }
};

/// position <- position * (1 - rate), with one draw per element.
struct Shrink {
  static constexpr std::string_view name = "shrink";
  static constexpr std::string_view summary = "moves positions towards 0";
  static constexpr std::array streams = {StreamSpec{"step", "how far"}, StreamSpec{"unused", "nothing"}};
  static constexpr std::array<std::string_view, 1> roles = {"updater"};
  struct Parameters {
    double strength = 1.0;
  };
  static constexpr auto parameters = std::tuple{parameter("strength", &Parameters::strength, "1", "").range(0, 4)};
  struct Ports {
    InOut<double> position;
    In<double> rate;
    InOut<double> calls;
    Scratch<double> draws;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", ""), in("rate", &Ports::rate, "real", ""),
      hidden("calls", &Ports::calls, "real[n]", "").initial("=d/2"), scratch("draws", &Ports::draws, "real[n,d]", "")};
  static void run(const Ports& io, const Parameters& p, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.calls(row, 0) += 1.0;
      context.random(0).fill_uniform(io.draws.data, io.position.width());
      for (std::size_t i = 0; i < io.position.width(); ++i) {
        io.position(row, i) *= 1.0 - p.strength * io.rate.value() * io.draws.data[i];
      }
    }
  }
};

struct Keep {
  static constexpr std::string_view name = "keep";
  static constexpr std::string_view summary = "remembers the best row";
  static constexpr std::array<std::string_view, 1> roles = {"keeper"};
  struct Ports {
    InBundle position;
    InFitness fitness;
    InOutBundle best;
    InOutFitness best_fitness;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "solution[n]", "").whole(),
                                           in("fitness", &Ports::fitness, "fitness[n]", "").whole(),
                                           inout("best", &Ports::best, "solution", "").accepts_unwritten(),
                                           inout("best_fitness", &Ports::best_fitness, "fitness", "")};
  static void run(const Ports& io, StepContext&) noexcept {
    for (std::size_t row = 0; row < io.position.rows(); ++row) {
      if (!better(io.fitness[row], io.best_fitness[0])) continue;
      io.best.copy_row(0, io.position, row);
      io.best_fitness.assign(0, io.fitness[row]);
    }
  }
};

struct Increment {
  static constexpr std::string_view name = "increment";
  static constexpr std::string_view summary = "value <- value + by";
  struct Ports {
    InOut<std::int64_t> value;
    In<std::int64_t> by;
  };
  static constexpr auto ports =
      std::tuple{inout("value", &Ports::value, "integer", ""), in("by", &Ports::by, "integer", "").initial("1")};
  static void run(const Ports& io, StepContext&) noexcept { io.value.value() += io.by.value(); }
};

struct Total {
  static constexpr std::string_view name = "total";
  static constexpr std::string_view summary = "sum of reals";
  struct Ports {
    Group<In<double>> values;
    Out<double> sum;
  };
  static constexpr auto ports =
      std::tuple{in("values", &Ports::values, "real", "").variadic(), out("sum", &Ports::sum, "real", "")};
  static void run(const Ports& io, StepContext&) noexcept {
    double sum = 0.0;
    for (std::size_t i = 0; i < io.values.size(); ++i) sum += io.values[i].value();
    io.sum.value() = sum;
  }
};

struct SumRows {
  static constexpr std::string_view name = "sum_rows";
  static constexpr std::string_view summary = "sum of a column; its rows are copied";
  struct Ports {
    In<double> value, others;
    Out<double> copy;
    Out<double> sum;
  };
  struct Partial {
    double sum = 0.0;
  };
  static constexpr auto ports = std::tuple{
      in("value", &Ports::value, "real[n]", ""), in("others", &Ports::others, "real[n]", "").any().optional(),
      out("copy", &Ports::copy, "real[n]", "").optional(), out("sum", &Ports::sum, "real", "")};
  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) partial.sum += io.value(row, 0);
  }
  static void combine(Partial& into, const Partial& later) noexcept { into.sum += later.sum; }
  static void finish(const Ports& io, const Partial* total) noexcept {
    io.sum.value() = total == nullptr ? 0.0 : total->sum;
  }
};

struct Gather {
  static constexpr std::string_view name = "gather";
  static constexpr std::string_view summary = "target <- source of the row that index names";
  struct Ports {
    In<double> source;
    In<std::uint32_t> index;
    Out<double> target;
  };
  static constexpr auto ports =
      std::tuple{in("source", &Ports::source, "real[m,d]", "").any(), in("index", &Ports::index, "index<m>[n]", ""),
                 out("target", &Ports::target, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      for (std::size_t i = 0; i < io.target.width(); ++i) io.target(row, i) = io.source(io.index(row, 0), i);
    }
  }
};

/// index of row i <- (i + 1) modulo the number of rows of `pool`.
struct Next {
  static constexpr std::string_view name = "next_row";
  static constexpr std::string_view summary = "the row after each";
  struct Ports {
    In<double> pool;
    Out<std::uint32_t> index;
  };
  static constexpr auto ports =
      std::tuple{in("pool", &Ports::pool, "real[m,d]", "").any(), out("index", &Ports::index, "index<m>[n]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.index(row, 0) = static_cast<std::uint32_t>((row + 1) % io.pool.rows());
    }
  }
};

/// target of row i <- source of row i + 1, modulo the number of rows.
struct TakeNext {
  static constexpr std::string_view name = "take_next";
  static constexpr std::string_view summary = "copies the row after each";
  struct Ports {
    In<double> source;
    Out<double> target;
  };
  static constexpr auto ports =
      std::tuple{in("source", &Ports::source, "real[m,d]", "").any(), out("target", &Ports::target, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const double* const source = io.source.row((row + 1) % io.source.rows());
      std::copy(source, source + io.target.width(), io.target.row(row));
    }
  }
};

struct Swap {
  static constexpr std::string_view name = "swap";
  static constexpr std::string_view summary = "exchanges populations";
  struct Ports {
    InOutPopulation first, second;
  };
  static constexpr auto ports =
      std::tuple{inout("first", &Ports::first, "population", ""), inout("second", &Ports::second, "population", "")};
  static void run(const Ports& io, StepContext& context) { context.swap(io.first, io.second); }
};

struct Grow {
  static constexpr std::string_view name = "grow";
  static constexpr std::string_view summary = "turns the rows round and adds a copy of row 0";
  struct Ports {
    InOutPopulation population;
  };
  static constexpr auto ports = std::tuple{inout("population", &Ports::population, "population", "")};
  static void run(const Ports& io, StepContext& context) {
    std::vector<std::uint32_t> rows;
    for (std::size_t row = io.population.view.rows; row-- > 0;) rows.push_back(static_cast<std::uint32_t>(row));
    rows.push_back(0);
    context.resize(io.population, rows);
  }
};

struct Throw {
  static constexpr std::string_view name = "throw_step";
  static constexpr std::string_view summary = "changes a value and fails";
  struct Ports {
    InOut<double> value;
  };
  static constexpr auto ports = std::tuple{inout("value", &Ports::value, "real", "")};
  static void run(const Ports& io, StepContext&) {
    io.value.value() = -1.0;
    throw std::runtime_error("it does not work");
  }
};

struct Informants {
  static constexpr std::string_view name = "informants";
  static constexpr std::string_view summary = "how many inform each row";
  struct Ports {
    InObject<Neighborhood> neighborhood;
    Out<double> count;
  };
  static constexpr auto ports = std::tuple{in("neighborhood", &Ports::neighborhood, "neighborhood", ""),
                                           out("count", &Ports::count, "real[n]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      double count = 0.0;
      io.neighborhood->for_each_informant(row, io.count.rows(), [&](std::size_t) { count += 1.0; });
      io.count(row, 0) = count;
    }
  }
};

struct StopAtLimits {
  static constexpr std::string_view name = "stop_at_limits";
  static constexpr std::string_view summary = "limit of iterations";
  static constexpr std::array<std::string_view, 1> roles = {"stop_criterion"};
  struct Parameters {
    std::int64_t iterations = 0;
    std::int64_t evaluations = 0;
    double target = 0;
    double seconds = 0;
  };
  static constexpr auto parameters = std::tuple{parameter("iterations", &Parameters::iterations, "1000", ""),
                                                parameter("evaluations", &Parameters::evaluations, "-1", ""),
                                                parameter("target", &Parameters::target, "0", ""),
                                                parameter("seconds", &Parameters::seconds, "0", "")};
  struct Ports {
    In<std::int64_t> iterations;
    Out<std::uint8_t> stop;
  };
  static constexpr auto ports =
      std::tuple{in("iterations", &Ports::iterations, "integer", ""), out("stop", &Ports::stop, "boolean", "")};
  static void run(const Ports& io, const Parameters& p, StepContext&) noexcept {
    io.stop.value() = io.iterations.value() >= p.iterations ? 1 : 0;
  }
};

struct Unprepared {
  static constexpr std::string_view name = "unprepared";
  static constexpr std::string_view summary = "cannot be prepared";
  struct Parameters {
    std::string how = "";
  };
  static constexpr auto parameters = std::tuple{parameter("how", &Parameters::how, "")};
  struct Ports {
    InOut<double> value;
  };
  static constexpr auto ports = std::tuple{inout("value", &Ports::value, "real", "")};
  static bool check(const Parameters& p, const PrepareInput&, Diagnostics& diagnostics) {
    if (p.how == "throw") throw std::runtime_error("no memory on the device");
    diagnostics.add({"bad-choice", Severity::error, {}, "", "This operator cannot do '" + p.how + "'.", "", "", ""});
    return false;
  }
  static void run(const Ports&, const Parameters&, StepContext&) noexcept {}
};

/// Every row fails in its first `failures` calls.
struct Shaky {
  static constexpr std::string_view name = "shaky";
  static constexpr std::string_view summary = "sum of squares that fails for rows with a negative first element";
  static constexpr bool reports_rows = true;
  static constexpr std::array<std::string_view, 1> roles = {"evaluator"};
  struct Ports {
    In<double> position;
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "solution[n]", ""),
                                           out("fitness", &Ports::fitness, "fitness[n]", "")};
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (io.position(row, 0) < 0.0) throw std::runtime_error("the first element is negative");
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = sphere(io.position.row(row), io.position.width());
      context.finished(row);
    }
  }
};

struct Square {
  static constexpr std::string_view name = "square";
  static constexpr std::string_view summary = "sum of squares";
  static constexpr std::array<std::string_view, 1> roles = {"evaluator"};
  using Ports = Shaky::Ports;
  static constexpr auto ports = Shaky::ports;
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = sphere(io.position.row(row), io.position.width());
    }
  }
};

std::shared_ptr<const Problem> make_problem(const ProblemSpec& spec, std::span<const Value> parameters, Diagnostics&) {
  auto problem = std::make_shared<Problem>();
  problem->name = spec.name;
  problem->encoding = spec.encoding;
  problem->dimension = static_cast<std::size_t>(parameters[0].number());
  if (problem->dimension == 13) return nullptr;
  if (problem->dimension == 14) throw std::runtime_error("fourteen is too many");
  problem->published = {{"lower", "real[d]", std::vector<double>(problem->dimension, -1.0)},
                        {"upper", "real[d]", std::vector<double>(problem->dimension, 1.0)}};
  if (spec.name == "bare") return problem;
  problem->best_known = 0.0;
  problem->evaluator = std::shared_ptr<const OperatorTable>(&operator_table<Square>(), [](const OperatorTable*) {});
  return problem;
}

ProblemSpec problem_spec(std::string name, std::string encoding) {
  ProblemSpec spec;
  spec.name = std::move(name);
  spec.encoding = std::move(encoding);
  ParameterSpec dimension;
  dimension.name = "dimension";
  dimension.type = ParameterType::integer;
  dimension.initial = "4";
  dimension.minimum = 1;
  dimension.summary = "number of elements";
  spec.parameters = {dimension};
  spec.create = &make_problem;
  return spec;
}

void add_roles(Registry& registry) {
  registry.add(RoleSpec{"creator", "", {{"position", "solution[n]", Direction::out, true, ""}}});
  registry.add(RoleSpec{"updater",
                        "",
                        {{"position", "solution[n]", Direction::inout, true, ""},
                         {"rate", "real", Direction::in, false, ""},
                         {"count", "integer", Direction::in, false, ""}}});
  registry.add(RoleSpec{
      "evaluator",
      "",
      {{"position", "solution[n]", Direction::in, true, ""}, {"fitness", "fitness[n]", Direction::out, true, ""}}});
  registry.add(RoleSpec{"keeper",
                        "",
                        {{"position", "solution[n]", Direction::in, false, ""},
                         {"fitness", "fitness[n]", Direction::in, false, ""},
                         {"best", "solution", Direction::inout, true, ""},
                         {"best_fitness", "fitness", Direction::inout, true, ""}}});
  registry.add(
      RoleSpec{"stop_criterion",
               "",
               {{"stop", "boolean", Direction::out, true, ""}, {"iterations", "integer", Direction::in, false, ""}}});
  registry.add(RoleSpec{"watcher", "", {{"value", "integer", Direction::inout, false, ""}}});
}

}  // namespace

Session make_session() {
  Session session;
  Registry& registry = session.registry();
  registry.begin_plugin("bench");
  add_roles(registry);
  registry.add_object_type("neighborhood",
                           []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<Neighborhood>(); });
  for (const OperatorTable* table :
       {&operator_table<Scatter>(), &operator_table<Add>(), &operator_table<Scale>(), &operator_table<Shrink>(),
        &operator_table<Keep>(), &operator_table<Increment>(), &operator_table<Total>(), &operator_table<SumRows>(),
        &operator_table<Gather>(), &operator_table<Next>(), &operator_table<TakeNext>(), &operator_table<Swap>(),
        &operator_table<Grow>(), &operator_table<Throw>(), &operator_table<Informants>(),
        &operator_table<StopAtLimits>(), &operator_table<Unprepared>(), &operator_table<Shaky>(),
        &operator_table<Square>()}) {
    registry.add(*table);
  }
  registry.add(EncodingSpec{"vector", "", "real[d]", {}, {{"creator", "scatter"}}});
  registry.add(EncodingSpec{"plain", "", "real[d]", {}, {}});
  registry.add(problem_spec("bowl", "vector"));
  registry.add(problem_spec("bare", "plain"));
  registry.add(problem_spec("alien", "unheard_of"));
  registry.begin_plugin("other");
  registry.add(operator_table<Swap>());
  registry.add_graph_document(R"({"format": "skein/1", "graph": "one_step",
 "ports": {"in": {"rate": {"type": "real", "default": "= slow / 2"}}, "inout": {"position": "solution[n]"}},
 "parameters": {"slow": {"type": "real", "default": 0.5}},
 "nodes": {"shrink": {"operator": "shrink"}}, "flow": ["shrink"]})",
                              "one_step.json");
  registry.add_graph_document(R"({"format": "skein/1", "graph": "narcissus",
 "nodes": {"mirror": {"graph": "narcissus"}}, "flow": ["mirror"]})",
                              "narcissus.json");
  REQUIRE_MESSAGE(registry.diagnostics().empty(), all_text(registry.diagnostics()));
  return session;
}

std::string run_text(std::string_view graph, std::string_view algorithm, std::string_view document) {
  return "{\"format\": \"skein/1\", \"run\": \"test\",\n \"problem\": {\"name\": \"bowl\", \"dimension\": 4},\n "
         "\"algorithm\": "
         "{\"graph\": " +
         std::string(graph) + std::string(algorithm) + "}" + std::string(document) + "}";
}

std::string graph_text(std::string_view nodes, std::string_view flow, std::string_view more) {
  return R"({"graph": "test",
 "parameters": {"size": {"type": "integer", "default": 5}},
 "ports": {"out": {"best": "solution", "best_fitness": "fitness"}},
 "variables": {"total": {"type": "real", "initial": 0}, "count": {"type": "integer", "initial": 0}, "flag": {"type": "boolean", "initial": false}, "hood": "neighborhood<swarm>"},
 "populations": {"swarm": {"rows": "= size", "columns": {"position": "solution[n]", "fitness": "fitness[n]",
  "x": {"type": "real[n]", "initial": 1}, "y": {"type": "real[n,d]", "initial": 2}, "next": "index<swarm>[n]"}}},
)" + std::string(more) +
         R"( "nodes": {"create": {"operator": "scatter"}, "evaluate": {"operator": "square"}, "keep": {"operator": "keep"})" +
         (nodes.empty() ? "" : ",\n  ") + std::string(nodes) + "},\n \"flow\": [\"create\", " + std::string(flow) +
         (flow.empty() ? "" : ", ") + "\"evaluate\", \"keep\"]}";
}

std::string all_text(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.items()) text += to_text(diagnostic) + "\n";
  return text;
}

std::string findings(const Session& session, std::string_view run, const std::string& file) {
  Diagnostics diagnostics;
  if (const auto document = session.read_run(run, file, diagnostics)) {
    const auto job = session.prepare(*document, diagnostics);
    CHECK(job.has_value() == !diagnostics.has_errors());
  }
  return all_text(diagnostics);
}

Job prepared(const Session& session, std::string_view run) {
  Diagnostics diagnostics;
  const auto document = session.read_run(run, "r.json", diagnostics);
  auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  REQUIRE_MESSAGE(job.has_value(), all_text(diagnostics));
  return *std::move(job);
}

double number_after(const Job& job, std::string_view variable) {
  Run run(job.plan, job.options);
  CHECK(run.advance() == RunState::finished);
  const auto view = run.variable(variable);
  REQUIRE_MESSAGE(view.has_value(), std::string(variable));
  if (view->parts[0].element == Element::integer) return static_cast<double>(In<std::int64_t>(*view).value());
  if (view->parts[0].element == Element::boolean) return static_cast<double>(In<std::uint8_t>(*view).value());
  return In<double>(*view).value();
}

}  // namespace skein::test
