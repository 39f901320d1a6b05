// The contract of operators: what every operator has to keep, checked by running it on made-up populations.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/operator_table.hpp"
#include "skein/value.hpp"

namespace skein {

/// An interval [low, high) of numbers that a port takes.
struct ContractDomain {
  double low = -5;
  double high = 5;
};

/// What cannot be read off a declaration: values of parameters, and domains that ports have only together (`lower` and
/// `upper`). A port that says for which numbers it is meant (see PortSpec::minimum) needs no domain here.
struct ContractInput {
  std::map<std::string, Value, std::less<>> parameters;
  std::map<std::string, ContractDomain, std::less<>> domains;
  /// The same for each number of a cell, for ports that are not in `domains`: both ends and what lies between them.
  /// Numbers beyond these are in [-5, 5].
  std::map<std::string, std::vector<ContractDomain>, std::less<>> cell_domains;
  std::vector<std::size_t> dimensions = {1, 7, 100};  ///< with 100, 70 rows are three row groups and nine strips
  std::size_t objectives = 1;                         ///< of every fitness
};

/// Runs the operator with 1, 2, 17 and 70 rows and the input's dimensions on pseudo-random numbers, once with and once
/// without its optional ports. Adds a finding `contract-broken` for what does not hold, once per clause and port:
///
/// - the operator, its ports, parameters and streams are documented;
/// - it runs without failing and throws nothing;
/// - in-ports keep their content;
/// - no call changes how its thread computes with floating-point numbers, which is put back after each;
/// - what it writes holds no NaN, as its input comes from the domains of its ports;
/// - all has the same bits a second time, for any tile size and number of threads, alone and in a pipeline.
///
/// The path of a finding is "operator/port". A parameter without default that `input` does not give gets a value of its
/// range or choices. An operator that cannot be run so, because no value can be made up or it refuses what was, is not:
/// a note `contract-not-run` says why. A table that contradicts itself is reported as the registry does it
/// (`bad-operator`) and not run.
void check_contract(const OperatorTable& table, const ContractInput& input, Diagnostics& diagnostics);

}  // namespace skein
