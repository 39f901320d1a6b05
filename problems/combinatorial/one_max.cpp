#include <cstdint>
#include <variant>

#include "problems/combinatorial/all.hpp"
#include "problems/combinatorial/instance_evaluator.hpp"

namespace skein {
namespace {

constexpr std::size_t largest_dimension = 1'000'000;

/// f(x) = the number of ones, maximized: the fitness is -f. Cost: about 1 ns per bit.
struct CountOnes {
  static constexpr std::string_view name = "count_ones";
  static constexpr std::string_view summary = "counts the ones of every row";
  static constexpr auto roles = std::array<std::string_view, 1>{"evaluator"};

  struct Ports {
    In<std::uint8_t> position;
    Out<double> fitness;
  };
  static constexpr auto ports =
      std::tuple{in("position", &Ports::position, "binary[n,d]", "the solutions"),
                 out("fitness", &Ports::fitness, "fitness[n]", "violation 0, and minus the number of ones")};
  struct Parameters {};
  static constexpr std::tuple<> parameters{};

  static void run(const Ports& io, const Parameters&, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      const std::uint8_t* bits = io.position.row(row);
      std::size_t ones = 0;
      for (std::size_t i = 0; i < io.position.width(); ++i) ones += bits[i];
      store_fitness(io.fitness, row, 0.0, -static_cast<double>(ones));
    }
  }
};

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters, Diagnostics&) {
  auto problem = std::make_shared<Problem>();
  problem->name = spec.name;
  problem->encoding = spec.encoding;
  problem->dimension = static_cast<std::size_t>(std::get<std::int64_t>(parameters[0].data));
  problem->objectives = {{"ones", Sense::maximize}};
  problem->best_known = static_cast<double>(problem->dimension);
  problem->best_known_solution.assign(problem->dimension, 1.0);
  problem->evaluator = instance_evaluator<CountOnes>({});
  return problem;
}

}  // namespace

ProblemSpec one_max_problem() {
  ParameterSpec dimension;
  dimension.name = "dimension";
  dimension.type = ParameterType::integer;
  dimension.summary = "number of bits";
  dimension.initial = "20";
  dimension.minimum = 1;
  dimension.maximum = static_cast<double>(largest_dimension);

  ProblemSpec spec;
  spec.name = "one_max";
  spec.summary = "as many ones as possible";
  spec.source = "Schaffer and Eshelman, On crossover as an evolutionarily viable strategy (1991)";
  spec.encoding = "binary_vector";
  spec.parameters = {dimension};
  spec.create = &create;
  return spec;
}

}  // namespace skein
