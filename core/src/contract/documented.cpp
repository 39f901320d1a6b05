#include "contract/documented.hpp"

#include <string>
#include <string_view>

#include "documents/utf8.hpp"

namespace skein {
namespace {

void check_summary(std::string_view summary, std::string_view part, const std::string& what,
                   ContractFindings& findings) {
  const bool is_phrase = summary.size() >= 3 && summary.back() != '.' && summary.back() != ' ';
  if (is_phrase) return;
  findings.broken(Clause::documented, part, "The summary of " + what + " is not a phrase.",
                  "a phrase of three characters at least, without a full stop at its end",
                  summary.empty() ? "nothing" : in_quotes(summary));
}

}  // namespace

void check_documented(const OperatorTable& table, ContractFindings& findings) {
  const std::string owner = "operator '" + std::string(table.name) + "'";
  check_summary(table.summary, "", owner, findings);
  if (table.revision == 0) {
    findings.broken(Clause::documented, "revision", "Revisions of operators are counted from 1; " + owner + " has 0.");
  }
  for (const PortSpec& port : table.ports) {
    check_summary(port.summary, port.name, "port '" + std::string(port.name) + "' of " + owner, findings);
  }
  for (const ParameterSpec& parameter : table.parameters) {
    const std::string name(parameter.name);
    check_summary(parameter.summary, "parameters/" + name, "parameter '" + name + "' of " + owner, findings);
  }
  for (const StreamSpec& stream : table.streams) {
    const std::string name(stream.name);
    const std::string what = name.empty() ? "the stream of " : "stream '" + name + "' of ";
    check_summary(stream.summary, name.empty() ? "streams" : "streams/" + name, what + owner, findings);
  }
}

}  // namespace skein
