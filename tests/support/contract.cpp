#include "tests/support/contract.hpp"

#include <doctest/doctest.h>

#include "skein/diagnostic.hpp"

namespace skein::testing {

void check_contract(const OperatorTable& table, const ContractInput& input) {
  Diagnostics diagnostics;
  skein::check_contract(table, input, diagnostics);
  CHECK(diagnostics.empty());
  for (const Diagnostic& finding : diagnostics.items()) FAIL_CHECK(to_text(finding));
}

}  // namespace skein::testing
