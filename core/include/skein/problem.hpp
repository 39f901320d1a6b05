// Problems and encodings as the engine sees them.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/operator_table.hpp"
#include "skein/role.hpp"
#include "skein/solution.hpp"
#include "skein/value.hpp"

namespace skein {

/// One column of a solution bundle: "keys", real, with one element per dimension or one in all.
struct BundlePart {
  std::string name;
  Element element = Element::real;
  bool per_dimension = true;
};

/// A representation of solutions: knows no algorithm and no problem.
struct EncodingSpec {
  std::string name;
  std::string summary;
  std::string solution;           ///< type of one solution: "real[d]", or the name of a bundle that `parts` describes
  std::vector<BundlePart> parts;  ///< empty when `solution` is an elementary type
  std::vector<Offer> offers;      ///< operators that work on every problem with this encoding, defaults first
  ShowSolution show = nullptr;    ///< null: people see the numbers of the columns
  ReadSolution read = nullptr;    ///< null: people write the numbers of a real[d], and no other solutions
};

enum class Sense : std::uint8_t { minimize, maximize };

struct Objective {
  std::string name = "quality";
  Sense sense = Sense::minimize;
};

/// A read-only global that a problem publishes to the operators it offers: `lower`, `upper` (real[d], or whole[d] for
/// integers), …. The engine itself publishes `dimension`, and what the run knows: `iteration_limit`, `evaluations`.
struct PublishedValue {
  std::string name;
  std::string type;
  std::vector<double> data;
};

/// One instance of a problem, with all its parameters fixed. Immutable, shared, never copied.
struct Problem {
  std::string name;
  std::string encoding;
  std::size_t dimension = 1;
  std::vector<PublishedValue> published;
  std::vector<Objective> objectives = {Objective{}};
  std::optional<double> best_known;         ///< value of the first objective, in the problem's own sense
  std::vector<double> best_known_solution;  ///< the numbers that people write for it
  std::vector<Offer> offers;                ///< before those of the encoding
  /// Solutions as they are evaluated, where the problem does not take them as they are held (it rounds, say); null: as
  /// the encoding shows them.
  ShowSolution show = nullptr;

  /// Role `evaluator`: reads `position`, writes `fitness` (violation, then objectives with the sign that minimizes).
  /// Its thread_safe says whether solutions may be evaluated at the same time.
  std::shared_ptr<const OperatorTable> evaluator;
};

/// The value of a problem's first objective for a minimized fitness objective; 0 for -0.
[[nodiscard]] double problem_value(const Problem& problem, double minimized) noexcept;

/// A kind of problem: makes instances from parameters. `dimension` is a parameter like any other.
struct ProblemSpec {
  std::string name;
  std::string summary;
  std::string source;
  std::string encoding;
  std::vector<ParameterSpec> parameters;
  std::string example;  ///< a JSON object of parameters that make an instance, where not all have defaults
  const void* user = nullptr;
  /// `parameters` stand in the order of the specs and are checked for type and range; what spans parameters is checked
  /// here. Returns nothing when it has added an error.
  std::shared_ptr<const Problem> (*create)(const ProblemSpec& spec, std::span<const Value> parameters,
                                           Diagnostics& diagnostics) = nullptr;
};

}  // namespace skein
