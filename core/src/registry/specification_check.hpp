// Whether what is registered keeps the rules that the engine relies on.
#pragma once

#include <string>

#include "skein/diagnostic.hpp"
#include "skein/operator_table.hpp"
#include "skein/problem.hpp"
#include "skein/role.hpp"

namespace skein {

// Each reports everything that is wrong and says whether nothing was. `path` names the entry: "plugin:name".

bool check_operator(const OperatorTable& table, const std::string& path, Diagnostics& diagnostics);  ///< `bad-operator`
bool check_role(const RoleSpec& role, const std::string& path, Diagnostics& diagnostics);            ///< `bad-role`
bool check_encoding(const EncodingSpec& encoding, const std::string& path,
                    Diagnostics& diagnostics);                                                      ///< `bad-encoding`
bool check_problem(const ProblemSpec& problem, const std::string& path, Diagnostics& diagnostics);  ///< `bad-problem`

}  // namespace skein
