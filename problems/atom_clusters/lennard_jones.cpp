#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "problems/atom_clusters/all.hpp"
#include "skein/encodings/real_vector_parameters.hpp"

namespace skein {
namespace {

constexpr std::size_t fewest_atoms = 3;
constexpr std::size_t most_atoms = 13;

/// The lowest energies that are known, from 3 atoms on. Hoare and Pal (1971), as collected in the Cambridge Cluster
/// Database.
constexpr std::array<double, most_atoms - fewest_atoms + 1> lowest_energies = {
    -3.0,       -6.0,       -9.103852,  -12.712062, -16.505384, -19.821489,
    -24.113360, -28.422532, -32.765970, -37.967600, -44.326801};

/// The energy of a pair at the squared distance s, in units of the well's depth and width: 4 (s^-6 - s^-3). Infinite
/// for s = 0.
double pair_energy(double square) noexcept {
  const double inverse = 1.0 / square;
  const double sixth = inverse * inverse * inverse;
  return 4.0 * (sixth * (sixth - 1.0));
}

/// f(x) = the sum over all pairs of atoms i < j of 4 (r^-12 - r^-6), where r is their distance, and x holds three
/// coordinates of each atom, one atom after the other. Cost: O(atoms^2). Lennard-Jones (1924).
void energies(const void*, const In<double>& position, Rows rows, double* values) noexcept {
  const std::size_t dimension = position.width();
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const double* x = position.row(rows.first + row);
    double energy = 0.0;
    for (std::size_t i = 0; i < dimension; i += 3) {
      for (std::size_t j = i + 3; j < dimension; j += 3) {
        const double along = x[i] - x[j];
        const double across = x[i + 1] - x[j + 1];
        const double up = x[i + 2] - x[j + 2];
        energy += pair_energy(along * along + across * across + up * up);
      }
    }
    values[row] = energy;
  }
}

/// No cluster of the lowest energy is wider: the icosahedron of 13 atoms measures 2.17.
constexpr double widest_cluster = 2.2;

/// Whether there is a cube in which every atom may stand and each of these clusters fits. Bounds are one number each,
/// or one for every coordinate.
bool hold_every_cluster(std::span<const double> lower, std::span<const double> upper, std::size_t dimension) {
  const auto at = [](std::span<const double> bounds, std::size_t i) { return bounds[bounds.size() == 1 ? 0 : i]; };
  for (const std::span<const double> bounds : {lower, upper}) {
    if (bounds.size() != 1 && bounds.size() != dimension) return false;
  }
  for (std::size_t axis = 0; axis < 3; ++axis) {
    double first = at(lower, axis);
    double last = at(upper, axis);
    for (std::size_t i = axis; i < dimension; i += 3) {
      first = std::max(first, at(lower, i));
      last = std::min(last, at(upper, i));
    }
    if (!(last - first >= widest_cluster)) return false;
  }
  return true;
}

enum Parameter : std::size_t { atoms_parameter, dimension_parameter, lower_parameter, upper_parameter };

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters,
                                      Diagnostics& diagnostics) {
  const auto given = size_of(parameters[atoms_parameter]);
  const auto dimension = size_of(parameters[dimension_parameter]);
  const std::size_t atoms = given == 0 ? dimension / 3 : given;
  if (dimension != 3 * atoms || atoms < fewest_atoms || atoms > most_atoms) {
    diagnostics.add(
        {"bad-dimension", Severity::error, parameters[dimension_parameter].where, "parameters/dimension",
         "The dimension of '" + spec.name + "' is three times the number of atoms, of which there are 3 to 13.",
         given == 0 ? "a multiple of 3 from 9 to 39" : std::to_string(3 * atoms), std::to_string(dimension), ""});
    return nullptr;
  }
  RealVectorProblem description;
  description.name = spec.name;
  description.dimension = dimension;
  description.lower = numbers_of(parameters[lower_parameter]);
  description.upper = numbers_of(parameters[upper_parameter]);
  if (hold_every_cluster(description.lower, description.upper, dimension)) {
    description.best_known = lowest_energies[atoms - fewest_atoms];
  }
  description.tile_function = &energies;
  description.host_arithmetic = false;
  return make_problem_of_parameters(std::move(description), diagnostics);
}

std::vector<ParameterSpec> parameter_specs() {
  ParameterSpec atoms;
  atoms.name = "atoms";
  atoms.type = ParameterType::integer;
  atoms.summary = "number of atoms; 0: a third of the dimension";
  atoms.initial = "0";
  atoms.minimum = 0;
  atoms.maximum = most_atoms;
  ParameterSpec dimension = dimension_spec("= 3 * max(atoms, 3)", 3 * fewest_atoms, 3 * most_atoms);
  dimension.summary = "number of coordinates: three for each atom";
  return {atoms, dimension, lower_bound_spec("-2"), upper_bound_spec("2")};
}

}  // namespace

ProblemSpec lennard_jones_problem() {
  ProblemSpec spec;
  spec.name = "lennard_jones";
  spec.summary = "the energy of a cluster of atoms, whose lowest minimum has many neighbours";
  spec.source = "Hoare and Pal, Physical cluster mechanics: statics and energy surfaces (1971)";
  spec.encoding = "real_vector";
  spec.parameters = parameter_specs();
  spec.create = &create;
  return spec;
}

}  // namespace skein
