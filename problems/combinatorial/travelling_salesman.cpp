#include <array>
#include <cstdint>
#include <vector>

#include "problems/combinatorial/all.hpp"
#include "problems/combinatorial/instance_evaluator.hpp"
#include "problems/combinatorial/instance_source.hpp"
#include "problems/combinatorial/tsplib_file.hpp"
#include "skein/encodings/permutation.hpp"

namespace skein {
namespace {

/// f(x) = D(x_1, x_2) + D(x_2, x_3) + … + D(x_d, x_1), where x is the order of the cities by their keys and D the table
/// of distances: the length of the closed tour, exact. Cost: about 40 ns per city, mostly for sorting.
struct WalkTour {
  static constexpr std::string_view name = "walk_tour";
  static constexpr std::string_view summary = "computes the length of every tour";
  static constexpr auto roles = std::array<std::string_view, 1>{"evaluator"};

  struct Ports {
    In<double> position;
    Out<double> fitness;
    Scratch<std::int64_t> order;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "real[n,d]", "keys of the cities"),
                                           out("fitness", &Ports::fitness, "fitness[n]", "violation 0, and the length"),
                                           scratch("order", &Ports::order, "integer[n,d]", "the cities of one tour")};
  using Parameters = CityDistances;
  static constexpr std::tuple<> parameters{};

  static void run(const Ports& io, const CityDistances& distances, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::span<std::int64_t> order(io.order.data, distances.cities);
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      decode_permutation(io.position.row(row), order);
      std::int64_t length = 0;
      auto from = static_cast<std::size_t>(order.back());
      for (const std::int64_t city : order) {
        const auto to = static_cast<std::size_t>(city);
        length += distances(from, to);
        from = to;
      }
      store_fitness(io.fitness, row, 0.0, static_cast<double>(length));
    }
  }
};

constexpr std::array<std::string_view, 3> shipped = {"burma14", "ulysses22", "berlin52"};

struct KnownTour {
  std::string_view instance;
  double length;
  std::vector<double> cities;
};

/// The optima that TSPLIB publishes, with tours of these lengths; cities are counted from 0.
const KnownTour* known_tour(std::string_view instance) {
  static const std::array<KnownTour, 3> tours = {
      {{"burma14", 3323, {0, 1, 13, 2, 3, 4, 5, 11, 6, 12, 7, 10, 8, 9}},
       {"ulysses22", 7013, {0, 13, 12, 11, 6, 5, 14, 4, 10, 8, 9, 18, 19, 20, 15, 2, 1, 16, 21, 3, 17, 7}},
       {"berlin52", 7542, {0,  48, 31, 44, 18, 40, 7,  8, 9,  42, 32, 50, 10, 51, 13, 12, 46, 25,
                           26, 27, 11, 24, 3,  5,  14, 4, 23, 47, 37, 36, 39, 38, 35, 34, 33, 43,
                           45, 15, 28, 49, 19, 22, 29, 1, 6,  41, 20, 16, 2,  17, 30, 21}}}};
  for (const KnownTour& tour : tours) {
    if (tour.instance == instance) return &tour;
  }
  return nullptr;
}

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters,
                                      Diagnostics& diagnostics) {
  const Value& file = parameters[0];
  const auto source = read_instance(file, shipped, diagnostics);
  auto distances = source ? read_tsplib(source->text, source->file, diagnostics) : std::nullopt;
  if (!distances) return nullptr;

  auto problem = std::make_shared<Problem>();
  problem->name = spec.name;
  problem->encoding = spec.encoding;
  problem->dimension = distances->cities;
  problem->objectives = {{"length", Sense::minimize}};
  problem->published = {{"lower", "real[d]", std::vector<double>(problem->dimension, 0.0)},
                        {"upper", "real[d]", std::vector<double>(problem->dimension, 1.0)}};
  if (const KnownTour* known = known_tour(file.text())) {
    problem->best_known = known->length;
    problem->best_known_solution = known->cities;
  }
  problem->evaluator = instance_evaluator<WalkTour>(*std::move(distances));
  return problem;
}

}  // namespace

ProblemSpec travelling_salesman_problem() {
  ParameterSpec file;
  file.name = "file";
  file.type = ParameterType::text;
  file.summary = "file in the format of TSPLIB, or one that is shipped: burma14, ulysses22, berlin52";
  file.initial = shipped[0];

  ProblemSpec spec;
  spec.name = "travelling_salesman";
  spec.summary = "the shortest closed tour through all cities, which are counted from 0 in the order of the file";
  spec.source = "Reinelt, TSPLIB - a traveling salesman problem library (1991)";
  spec.encoding = "permutation";
  spec.parameters = {file};
  spec.create = &create;
  return spec;
}

}  // namespace skein
