// Transform: makes a problem out of another one. The other one's evaluator is called and never copied.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/problem.hpp"
#include "skein/transform.hpp"
#include "skein/value.hpp"

namespace skein::transform {

/// What a transform is given.
struct Given {
  const Problem& problem;
  std::span<const Value> parameters;  ///< in the order of the specs, checked for type and range
  SourceLocation where;               ///< of the transform in its document
  std::string path;                   ///< "problem/transform/0/shift"
  Diagnostics& diagnostics;

  void report(std::string code, std::string message, std::string expected, std::string found) const;
};

/// The problem as it is seen through the transform, or nothing after what is wrong was reported.
using Make = std::shared_ptr<const Problem> (*)(const Given& given);

struct Transform {
  TransformSpec spec;
  Make make = nullptr;
};

// One file each.
[[nodiscard]] const Transform& shift();
[[nodiscard]] const Transform& rotate();
[[nodiscard]] const Transform& scale();
[[nodiscard]] const Transform& noise();
[[nodiscard]] const Transform& penalty();

/// All of them, in the order of `transform_specs`.
[[nodiscard]] std::span<const Transform> transforms() noexcept;

// What transforms of real vectors share.

/// What a problem publishes under this name, one number per dimension; empty when it does not.
[[nodiscard]] std::vector<double> published(const Problem& problem, std::string_view name);

/// The best known solution or, where none is known, the middle of the bounds: what transforms leave in its place. Empty
/// after `transform-not-possible` was reported for a problem that has neither.
[[nodiscard]] std::vector<double> center_of(const Given& given);

}  // namespace skein::transform
