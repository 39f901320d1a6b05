// An operator for plugins of tests to add.
#pragma once

#include <string_view>
#include <tuple>

#include "skein/operator.hpp"

namespace {

/// The name of the operator is that of its type.
template <class Name>
struct Doing {
  static constexpr std::string_view name = Name::text;
  static constexpr std::string_view summary = "does nothing";
  struct Ports {};
  static constexpr std::tuple<> ports{};
  static void run(const Ports&, skein::StepContext&) noexcept {}
};

}  // namespace
