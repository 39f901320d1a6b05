#include "exception_text.hpp"

#include <exception>
#include <new>

namespace skein {

std::string current_exception_text() {
  try {
    throw;
  } catch (const std::exception& exception) {
    const std::string text = exception.what();
    return text.empty() ? std::string(no_reason) : text;
  } catch (...) {
    return "something that is no std::exception";
  }
}

bool current_exception_is_bad_alloc() noexcept {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace skein
