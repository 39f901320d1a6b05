#include "contract/contract_findings.hpp"

namespace skein {

void ContractFindings::broken(Clause clause, std::string_view part, std::string message, std::string expected,
                              std::string found) {
  if (!broken_.emplace(clause, part).second) return;
  diagnostics_.add({"contract-broken",
                    Severity::error,
                    {},
                    path(part),
                    std::move(message),
                    std::move(expected),
                    std::move(found),
                    ""});
}

void ContractFindings::not_run(std::string_view part, const std::string& where, const std::string& why) {
  if (!not_run_.emplace(part).second) return;
  const std::string message = "Operator '" + operator_name_ + "' was not run" + where + ": " + why;
  diagnostics_.add({"contract-not-run", Severity::note, {}, path(part), message, "", "", ""});
}

std::string ContractFindings::path(std::string_view part) const {
  return part.empty() ? operator_name_ : operator_name_ + "/" + std::string(part);
}

}  // namespace skein
