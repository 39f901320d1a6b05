// The contract that every registered operator keeps.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "skein/operator_table.hpp"
#include "skein/value.hpp"

namespace skein::testing {

/// An interval [low, high) of numbers that a port takes.
struct Domain {
  double low = -5;
  double high = 5;
};

/// What cannot be read off a declaration: values of parameters without default, and narrower domains of ports.
struct ContractInput {
  std::map<std::string, Value, std::less<>> parameters;
  std::map<std::string, Domain, std::less<>> domains;
  std::vector<std::size_t> dimensions = {1, 7, 100};  ///< with 100, 70 rows are three row groups and nine strips
};

/// Checks, as doctest assertions: the operator, its ports, parameters and streams are documented; with 1, 2, 17
/// and 70 rows and the input's dimensions it runs on pseudo-random numbers, once with and once without its optional
/// ports, without error; in-ports keep their content; what it writes holds no NaN; and all has the same bits for any
/// tile size and number of threads, alone and in a pipeline.
void check_contract(const OperatorTable& table, const ContractInput& input = {});

}  // namespace skein::testing
