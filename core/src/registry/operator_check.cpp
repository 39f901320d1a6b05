#include "registry/specification_check.hpp"
#include "registry/specification_findings.hpp"

namespace skein {
namespace {

bool writes(const PortSpec& port) { return port.direction != Direction::in; }

/// Row operators write only their own rows, so that tiles can run in any order and at the same time.
void check_row_port(const OperatorTable& table, const PortSpec& port, const std::string& part,
                    SpecificationFindings& findings) {
  if (port.kind == PortKind::scratch || port.kind == PortKind::callable || !writes(port)) return;
  const std::optional<TypeName> type = parse_type(port.type);
  const bool is_own = port.access == Access::own && (!type || (!type->axes.empty() && type->axes.front() == "n"));
  findings.check(is_own, part, "a row operator writes only its own rows: a column with the axis n and access own");
  const bool only_writes = port.direction == Direction::out && port.kind == PortKind::bound;
  findings.check(!table.can_fail || only_writes, part,
                 "a row operator that can fail writes only out ports, because what it has overwritten is lost");
}

/// What is called may fail and may be foreign code.
void check_callable(const OperatorTable& table, const PortSpec& port, const std::string& part,
                    SpecificationFindings& findings) {
  findings.check(port.type == "evaluator", part, "what can be called is of role evaluator");
  findings.check(table.kind == OperatorKind::row && table.can_fail, part,
                 "only a row operator that can fail calls others, because a call can fail");
  findings.check(table.host_arithmetic, part,
                 "an operator that calls others runs in the host's arithmetic, because they may be foreign code");
}

void check_port(const OperatorTable& table, const PortSpec& port, SpecificationFindings& findings) {
  const std::string part = "ports/" + std::string(port.name);
  findings.check_type(port.type, part);
  const bool takes_initial = port.kind == PortKind::hidden || (port.kind == PortKind::bound && !writes(port));
  findings.check(port.initial.empty() || takes_initial, part, "only a port that is read has a default");
  const bool is_written_column = table.kind == OperatorKind::row && port.kind == PortKind::bound;
  findings.check(!port.broadcast || !writes(port) || is_written_column, part,
                 "of what is written only a column of a row operator can broadcast");
  findings.check(port.minimum <= port.maximum, part, "the minimum is greater than the maximum");
  findings.check(port.kind == PortKind::bound || (!port.optional && !port.variadic), part,
                 "only a port that a graph binds can be optional or variadic");
  if (port.kind == PortKind::callable) check_callable(table, port, part, findings);
  if (table.kind == OperatorKind::row) check_row_port(table, port, part, findings);
}

void check_streams(const OperatorTable& table, SpecificationFindings& findings) {
  if (table.streams.size() == 1 && table.streams.front().name.empty()) return;
  findings.check_names(table.streams, "streams");
}

void check_functions(const OperatorTable& table, SpecificationFindings& findings) {
  const bool is_row = table.kind == OperatorKind::row;
  const bool is_reducing = table.kind == OperatorKind::reducing;
  const bool is_step = table.kind == OperatorKind::step;
  findings.check(!table.can_wait || (is_row && table.can_fail), "can_wait",
                 "only a row operator that can fail can wait");
  findings.check(is_row == (table.run_rows != nullptr), "run_rows", "a row operator has run_rows, no other has it");
  findings.check(is_step == (table.run_step != nullptr), "run_step", "a step operator has run_step, no other has it");
  findings.check(table.prepare != nullptr && table.destroy_prepared != nullptr, "prepare",
                 "every operator has prepare and destroy_prepared");
  findings.check((table.create_resource == nullptr) == (table.destroy_resource == nullptr), "create_resource",
                 "an operator has both create_resource and destroy_resource or neither");
  const bool has_all =
      table.partial_bytes != nullptr && table.map != nullptr && table.combine != nullptr && table.finish != nullptr;
  const bool has_none =
      table.partial_bytes == nullptr && table.map == nullptr && table.combine == nullptr && table.finish == nullptr;
  findings.check(is_reducing ? has_all : has_none, "map",
                 "a reducing operator has partial_bytes, map, combine and finish, no other has one of them");
  findings.check(!is_reducing || !table.can_fail, "can_fail", "a reducing operator cannot fail");
  const bool can_be_elementwise = is_row && !table.can_fail && !table.host_arithmetic && table.streams.empty();
  findings.check(table.element_kernel == nullptr || can_be_elementwise, "element_kernel",
                 "only a row operator that cannot fail, without streams and in Skein's arithmetic, is elementwise");
}

}  // namespace

bool check_operator(const OperatorTable& table, const std::string& path, Diagnostics& diagnostics) {
  SpecificationFindings findings("bad-operator", path, diagnostics);
  // A table of another size has its other fields elsewhere.
  if (table.struct_size != sizeof(OperatorTable)) {
    findings.add("struct_size", "the table was compiled against another version of its declaration");
    return false;
  }
  findings.check(is_name(table.name), "", in_quotes(table.name) + " cannot be a name here");
  findings.check_names(table.ports, "ports");
  for (const PortSpec& port : table.ports) check_port(table, port, findings);
  check_parameter_specs(table.parameters, findings);
  check_streams(table, findings);
  for (const std::string_view role : table.needs) {
    findings.check(is_reference(role), "needs", in_quotes(role) + " cannot be the name of a role");
  }
  for (const std::string_view role : table.roles) {
    findings.check(is_reference(role), "roles", in_quotes(role) + " cannot be the name of a role");
  }
  check_functions(table, findings);
  return findings.is_clean();
}

bool check_role(const RoleSpec& role, const std::string& path, Diagnostics& diagnostics) {
  SpecificationFindings findings("bad-role", path, diagnostics);
  findings.check(is_name(role.name), "", in_quotes(role.name) + " cannot be a name here");
  findings.check_names(role.ports, "ports");
  for (const RolePort& port : role.ports) findings.check_type(port.type, "ports/" + port.name);
  return findings.is_clean();
}

bool check_encoding(const EncodingSpec& encoding, const std::string& path, Diagnostics& diagnostics) {
  SpecificationFindings findings("bad-encoding", path, diagnostics);
  findings.check(is_name(encoding.name), "", in_quotes(encoding.name) + " cannot be a name here");
  findings.check_type(encoding.solution, "solution");
  findings.check_names(encoding.parts, "parts");
  return findings.is_clean();
}

bool check_problem(const ProblemSpec& problem, const std::string& path, Diagnostics& diagnostics) {
  SpecificationFindings findings("bad-problem", path, diagnostics);
  findings.check(is_name(problem.name), "", in_quotes(problem.name) + " cannot be a name here");
  findings.check(is_reference(problem.encoding), "encoding", "a problem names its encoding");
  check_parameter_specs(problem.parameters, findings);
  findings.check(problem.create != nullptr, "create", "nothing makes instances of the problem");
  return findings.is_clean();
}

}  // namespace skein
