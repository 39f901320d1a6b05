#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "problems/external_program/all.hpp"
#include "problems/external_program/program_file.hpp"
#include "problems/external_program/worker_pool.hpp"
#include "skein/encodings/real_vector_parameters.hpp"

namespace skein {
namespace {

using external_program::PoolSettings;
using external_program::WorkerPool;

enum Parameter : std::size_t {
  command_parameter,
  workers_parameter,
  timeout_parameter,
  retries_parameter,
  dimension_parameter,
  lower_parameter,
  upper_parameter,
  sense_parameter
};

/// The evaluator's table and what it needs.
struct Evaluation {
  OperatorTable table;
  PoolSettings settings;
  double sign = 1;  ///< fitness = sign * objective
};

constexpr std::array<PortSpec, 2> evaluator_ports = [] {
  std::array<PortSpec, 2> ports;
  ports[0].name = "position";
  ports[0].type = "real[n,d]";
  ports[0].summary = "the solutions";
  ports[1].name = "fitness";
  ports[1].type = "fitness[n]";
  ports[1].summary = "violation (0: feasible), and the objective as it is minimized";
  ports[1].direction = Direction::out;
  return ports;
}();

constexpr std::array<std::string_view, 1> evaluator_roles = {"evaluator"};

void* prepare(const PrepareInput& input, Diagnostics&) { return const_cast<void*>(input.user); }

void keep_prepared(void*) {}

void* create_pool(const void* prepared) { return new WorkerPool(static_cast<const Evaluation*>(prepared)->settings); }

void destroy_pool(void* resource) { delete static_cast<WorkerPool*>(resource); }

/// What the workers of the run say of every row, in any order. A failure belongs to the lowest row that has one; rows
/// below it are finished, and what is written above it is kept.
void evaluate(const void* prepared, const PortView* ports, RowContext& context) {
  const auto& evaluation = *static_cast<const Evaluation*>(prepared);
  auto& pool = *static_cast<WorkerPool*>(context.resource());
  const In<double> position(ports[0]);
  const Out<double> fitness(ports[1]);
  const Rows rows = context.rows();
  const auto store = [&](std::size_t index, const ConstrainedValue& found) {
    double* elements = fitness.row(rows.first + index);
    elements[0] = found.violation;
    elements[1] = evaluation.sign * found.value;
    context.written(rows.first + index);
  };
  const auto position_of = [&](std::size_t index) {
    return std::span<const double>(position.row(rows.first + index), position.width());
  };
  const auto failure = pool.evaluate(rows.count(), position_of, store);
  const std::size_t done = failure ? failure->index : rows.count();
  if (done > 0) context.finished(rows.first + done - 1);
  if (failure) throw std::runtime_error(failure->message);
}

/// The command's words, the first one as a file; nothing after errors were reported.
std::vector<std::string> command_of(const Value& value, Diagnostics& diagnostics) {
  std::vector<std::string> command;
  const auto report = [&](std::string code, std::string message, std::string expected, std::string found) {
    diagnostics.add({std::move(code), Severity::error, value.where, "parameters/command", std::move(message),
                     std::move(expected), std::move(found), ""});
    return std::vector<std::string>();
  };
  const List none;
  for (const Value& word : value.is_list() ? value.list() : none) {
    if (word.is_text()) command.push_back(word.text());
  }
  const bool is_good = value.is_list() && !command.empty() && command.size() == value.list().size();
  if (!is_good || command.front().empty()) {
    return report("wrong-type", "Parameter 'command' takes a program and its arguments.",
                  "a list of texts, as [\"python3\", \"worker.py\"]", std::string(value.kind_name()));
  }
  std::string problem;
  std::string file = external_program::program_file(command.front(), value.where.file, problem);
  if (file.empty()) return report("program-not-found", problem, "a program", "'" + command.front() + "'");
  command.front() = std::move(file);
  return command;
}

std::shared_ptr<const OperatorTable> make_evaluator(PoolSettings settings, Sense sense) {
  auto evaluation = std::make_shared<Evaluation>();
  evaluation->settings = std::move(settings);
  evaluation->sign = sense == Sense::minimize ? 1.0 : -1.0;
  OperatorTable& table = evaluation->table;
  table.name = "ask_workers";
  table.summary = "lets worker processes compute the objective of every row";
  table.reports_rows = true;
  table.thread_safe = false;  // one thread speaks with all workers
  table.host_arithmetic = true;
  table.ports = evaluator_ports;
  table.roles = evaluator_roles;
  table.user = evaluation.get();
  table.prepare = &prepare;
  table.destroy_prepared = &keep_prepared;
  table.create_resource = &create_pool;
  table.destroy_resource = &destroy_pool;
  table.run_rows = &evaluate;
  return {evaluation, &table};
}

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters,
                                      Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  PoolSettings settings;
  settings.command = command_of(parameters[command_parameter], diagnostics);
  settings.workers = size_of(parameters[workers_parameter]);
  settings.timeout = std::chrono::duration<double>(parameters[timeout_parameter].number());
  settings.retries = size_of(parameters[retries_parameter]);

  RealVectorProblem description;
  description.name = spec.name;
  description.dimension = size_of(parameters[dimension_parameter]);
  description.lower = numbers_of(parameters[lower_parameter]);
  description.upper = numbers_of(parameters[upper_parameter]);
  description.sense = sense_of(parameters[sense_parameter]);
  const Sense sense = description.sense;
  const auto described = make_problem_of_parameters(std::move(description), diagnostics);
  if (diagnostics.error_count() != errors_before) return nullptr;
  auto problem = std::make_shared<Problem>(*described);
  problem->evaluator = make_evaluator(std::move(settings), sense);
  return problem;
}

ParameterSpec parameter(std::string_view name, ParameterType type, std::string_view initial, std::string_view summary) {
  ParameterSpec spec;
  spec.name = name;
  spec.type = type;
  spec.initial = initial;
  spec.summary = summary;
  return spec;
}

std::vector<ParameterSpec> parameter_specs() {
  ParameterSpec command = parameter("command", ParameterType::any, "",
                                    "the program and its arguments; a path is relative to the document's folder");
  ParameterSpec workers =
      parameter("workers", ParameterType::integer, "1", "how many processes evaluate at the same time");
  workers.minimum = 1;
  workers.maximum = 1024;
  ParameterSpec timeout =
      parameter("timeout", ParameterType::real, "60", "how long one evaluation may take, from start to answer");
  timeout.minimum = 0;
  timeout.exclusive_minimum = true;
  timeout.maximum = 1e6;
  timeout.unit = "s";
  ParameterSpec retries = parameter("retries", ParameterType::integer, "2",
                                    "how often a failed evaluation is tried again, by a new process");
  retries.minimum = 0;
  retries.maximum = 1000;
  return {command,     workers, timeout, retries, dimension_spec("2"), lower_bound_spec("-1"), upper_bound_spec("1"),
          sense_spec()};
}

}  // namespace

ProblemSpec external_program_problem() {
  ProblemSpec spec;
  spec.name = "external_program";
  spec.summary = "an objective that worker processes compute, over lines of JSON";
  spec.source = "the author of the program";
  spec.encoding = "real_vector";
  spec.parameters = parameter_specs();
  spec.example = R"({"command": ["sh", "worker.sh"]})";
  spec.create = &create;
  return spec;
}

}  // namespace skein
