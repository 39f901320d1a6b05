#include <algorithm>
#include <array>
#include <cstdint>
#include <variant>

#include "problems/combinatorial/all.hpp"
#include "problems/combinatorial/instance_evaluator.hpp"
#include "problems/combinatorial/instance_source.hpp"
#include "problems/combinatorial/knapsack_file.hpp"

namespace skein {
namespace {

/// f(x) = sum over items of p_j x_j, maximized: the objective is -f. The violation is the sum over constraints of what
/// the load, sum over items of w_ij x_j, has more than the capacity c_i; feasible is a violation of 0. All sums from
/// the first item to the last. Cost: about 1 ns per item and constraint.
struct Pack {
  static constexpr std::string_view name = "pack";
  static constexpr std::string_view summary = "computes profit and overload of every row";
  static constexpr auto roles = std::array<std::string_view, 1>{"evaluator"};

  struct Ports {
    In<std::uint8_t> position;
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{
      in("position", &Ports::position, "binary[n,d]", "which items are packed"),
      out("fitness", &Ports::fitness, "fitness[n]", "the overload of all constraints, and minus the profit")};
  using Parameters = KnapsackInstance;
  static constexpr std::tuple<> parameters{};

  static void run(const Ports& io, const KnapsackInstance& instance, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t items = instance.profits.size();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      const std::uint8_t* packed = io.position.row(row);
      double violation = 0.0;
      const double* weights = instance.weights.data();
      for (const double capacity : instance.capacities) {
        violation += std::max(0.0, total(weights, packed, items) - capacity);
        weights += items;
      }
      store_fitness(io.fitness, row, violation, -total(instance.profits.data(), packed, items));
    }
  }

  static double total(const double* amounts, const std::uint8_t* packed, std::size_t items) noexcept {
    double sum = 0.0;
    for (std::size_t i = 0; i < items; ++i) sum += packed[i] != 0 ? amounts[i] : 0.0;
    return sum;
  }
};

constexpr std::array<std::string_view, 1> shipped = {"mknap1"};

/// Solutions of the shipped instances that have the published optima, found by branch and bound.
constexpr std::array<std::string_view, 7> shipped_optima = {"011001",
                                                            "0101100101",
                                                            "110101101100011",
                                                            "10000000010001111111",
                                                            "1110000010000111111111101111",
                                                            "110101011010101111110010101110110111111",
                                                            "00010101101110111011001011111011011111111111001111"};

enum Parameter : std::size_t { file_parameter, instance_parameter };

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters,
                                      Diagnostics& diagnostics) {
  const auto source = read_instance(parameters[file_parameter], shipped, diagnostics);
  if (!source) return nullptr;
  std::vector<KnapsackInstance> instances = read_knapsacks(source->text, source->file, diagnostics);
  if (instances.empty()) return nullptr;
  const auto number = static_cast<std::size_t>(std::get<std::int64_t>(parameters[instance_parameter].data));
  if (number > instances.size()) {
    diagnostics.add({"bad-instance", Severity::error, parameters[instance_parameter].where, "parameters/instance",
                     "'" + source->file + "' has no instance " + std::to_string(number) + ".",
                     "1 to " + std::to_string(instances.size()), std::to_string(number), ""});
    return nullptr;
  }
  KnapsackInstance& instance = instances[number - 1];

  auto problem = std::make_shared<Problem>();
  problem->name = spec.name;
  problem->encoding = spec.encoding;
  problem->dimension = instance.profits.size();
  problem->objectives = {{"profit", Sense::maximize}};
  problem->best_known = instance.optimum;
  if (source->is_shipped) {
    for (const char bit : shipped_optima[number - 1]) problem->best_known_solution.push_back(bit == '1' ? 1.0 : 0.0);
  }
  problem->evaluator = instance_evaluator<Pack>(std::move(instance));
  return problem;
}

}  // namespace

ProblemSpec knapsack_problem() {
  ParameterSpec file;
  file.name = "file";
  file.type = ParameterType::text;
  file.summary = "file of the OR-Library in the format mknap, or mknap1, which is shipped";
  file.initial = shipped[0];

  ParameterSpec instance;
  instance.name = "instance";
  instance.type = ParameterType::integer;
  instance.summary = "which instance of the file, counted from 1";
  instance.initial = "1";
  instance.minimum = 1;

  ProblemSpec spec;
  spec.name = "knapsack";
  spec.summary = "items of the greatest profit whose weights fit all capacities";
  spec.source =
      "Petersen, Computational experience with variants of the Balas algorithm (1967); Beasley, OR-Library (1990)";
  spec.encoding = "binary_vector";
  spec.parameters = {file, instance};
  spec.create = &create;
  return spec;
}

}  // namespace skein
