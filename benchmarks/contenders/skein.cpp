#include "benchmarks/contenders/skein.hpp"

#include <stdexcept>
#include <variant>

#include "skein/builtin_plugins.hpp"
#include "skein/encodings/real_vector_problem.hpp"

namespace skein::bench {
namespace {

HostFunction host_function = nullptr;

ParameterSpec dimension_parameter() {
  ParameterSpec dimension;
  dimension.name = "dimension";
  dimension.type = ParameterType::integer;
  dimension.summary = "number of coordinates";
  dimension.minimum = 1;
  return dimension;
}

std::size_t dimension_of(std::span<const Value> parameters) {
  return static_cast<std::size_t>(std::get<std::int64_t>(parameters[0].data));
}

std::shared_ptr<const Problem> make_plain_problem(const ProblemSpec& spec, std::span<const Value> parameters,
                                                  Diagnostics& diagnostics) {
  const auto& facts = *static_cast<const ObjectiveFacts*>(spec.user);
  RealVectorProblem problem;
  problem.name = spec.name;
  problem.dimension = dimension_of(parameters);
  problem.lower = {-facts.bound};
  problem.upper = {facts.bound};
  problem.point_function = [f = facts.plain](std::span<const double> x) { return f(x.data(), x.size()); };
  return make_problem(std::move(problem), diagnostics);
}

std::shared_ptr<const Problem> make_host_problem(const ProblemSpec& spec, std::span<const Value> parameters,
                                                 Diagnostics& diagnostics) {
  RealVectorProblem problem;
  problem.name = spec.name;
  problem.dimension = dimension_of(parameters);
  problem.point_function = host_function;
  return make_problem(std::move(problem), diagnostics);
}

ProblemSpec problem_spec_of(std::string name, decltype(ProblemSpec::create) create, const void* user) {
  ProblemSpec spec;
  spec.name = std::move(name);
  spec.summary = "an objective of the benchmarks";
  spec.encoding = "real_vector";
  spec.parameters = {dimension_parameter()};
  spec.user = user;
  spec.create = create;
  return spec;
}

/// What the limits do at the bounds, as JSON.
std::string bounds_rule_of(const std::string& algorithm) {
  if (algorithm == "particle_swarm_elementary") return R"({"graph": "clamp_and_stop_elementary"})";
  return algorithm == "spso_2011" ? R"("clamp_and_bounce")" : R"("clamp_and_stop")";
}

}  // namespace

std::string plain_problem(Objective objective) { return "plain_" + std::string(facts_of(objective).name); }

void set_host_function(HostFunction function) { host_function = function; }

std::string skein_document(const SkeinSetup& setup, std::size_t iterations) {
  const std::string slots = std::string(R"(, "slots": {"topology_updater": null, "topology_initializer": ")") +
                            (setup.topology == Topology::ring ? "ring" : "fully_connected") +
                            R"(", "bounds_handling": )" + bounds_rule_of(setup.algorithm) + "}";
  return R"({"format": "skein/1", "run": "benchmark", "algorithm": {"name": ")" + setup.algorithm +
         R"(", "parameters": {"swarm_size": )" + std::to_string(setup.particles) + "}" + slots +
         R"(}, "problem": {"name": ")" + setup.problem + R"(", "dimension": )" + std::to_string(setup.dimension) +
         R"(}, "stop": {"iterations": )" + std::to_string(iterations) + "}}";
}

Session full_session(bool is_built_in) {
  Session session;
  Diagnostics diagnostics;
  session.load_plugins(is_built_in ? builtin_plugins() : standard_plugin_sources(), diagnostics);
  for (const Objective objective : all_objectives) {
    session.registry().add(problem_spec_of(plain_problem(objective), &make_plain_problem, &facts_of(objective)));
  }
  session.registry().add(problem_spec_of(host_problem, &make_host_problem, nullptr));
  return session;
}

Job skein_job(const SkeinSetup& setup, std::size_t iterations) {
  const Session session = full_session(setup.is_built_in);
  Diagnostics diagnostics;
  const auto document = session.read_run(skein_document(setup, iterations), "benchmark", diagnostics);
  auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  if (job) return *job;
  std::string findings;
  for (const Diagnostic& diagnostic : diagnostics.items()) findings += to_text(diagnostic) + "\n";
  throw std::runtime_error(findings);
}

double seconds_after(const Job& job, std::int64_t first, std::size_t threads, Clock clock) {
  RunOptions options = job.options;
  options.threads = threads;
  Run run(job.plan, options);
  do {
    run.request_pause();
    run.advance();
  } while (run.state() == RunState::ready && make_result(job, run).iterations < first);
  const Stopwatch stopwatch(clock);
  const RunState state = run.advance();
  const double seconds = stopwatch.seconds();
  if (state != RunState::finished) throw std::runtime_error(run.error() ? run.error()->message : "the run stopped");
  return seconds;
}

Contender skein_contender(const SkeinSetup& setup, const Size& size, Clock clock) {
  SkeinSetup sized = setup;
  sized.particles = size.particles;
  sized.dimension = size.dimension;
  const Job job = skein_job(sized, size.iterations + 1);
  return [job, size, clock, threads = setup.threads] {
    return seconds_after(job, 1, threads, clock) * 1e9 / size.components();
  };
}

}  // namespace skein::bench
