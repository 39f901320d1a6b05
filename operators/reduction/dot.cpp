#include "operators/all.hpp"
#include "operators/reduction/row_sums.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// product <- first_1 second_1 + ... + first_d second_d, the scalar product of every row, summed in 8 fixed lanes.
///
/// Cost: one multiplication per component.
struct Dot {
  static constexpr std::string_view name = "dot";
  static constexpr std::string_view summary = "takes the scalar product of two vectors in every row";

  struct Ports {
    In<double> first, second;
    Out<double> product;
  };
  static constexpr auto ports = std::tuple{
      in("first", &Ports::first, "real[n,d]", "first factor"),
      in("second", &Ports::second, "real[n,d]", "second factor: one for all, per row, per dimension or per component")
          .broadcast(),
      out("product", &Ports::product, "real[n]", "the scalar products")};

  static void run(const Ports& io, RowContext& context) noexcept {
    find_products(context.rows(), io.first, io.second, io.product);
  }
};

}  // namespace

const OperatorTable& dot_operator() { return operator_table<Dot>(); }

}  // namespace skein
