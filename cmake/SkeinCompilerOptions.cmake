# skein_warnings: the warnings of our own targets. Linked privately, so that they never reach a consumer.
add_library(skein_warnings INTERFACE)
target_compile_options(skein_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  $<$<BOOL:${SKEIN_WARNINGS_AS_ERRORS}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False positives of optimized builds: on `"text" + std::string` (GCC bug 105651), and on temporaries that hold strings
  # or variants. Clang and the sanitizers watch the same ground.
  target_compile_options(skein_warnings INTERFACE -Wno-restrict -Wno-maybe-uninitialized
                                                   -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
endif()

# skein_common_headers(TARGET): the standard headers that most of our files include anyway, precompiled. Off in the clang
# preset, where each file must include what it uses.
option(SKEIN_PRECOMPILED_HEADERS "Precompile the common standard headers." ON)
function(skein_common_headers target)
  if(SKEIN_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} PRIVATE <algorithm> <cmath> <cstdint> <functional> <map> <memory> <optional> <span>
                                                <string> <string_view> <utility> <variant> <vector>)
  endif()
endfunction()

# skein_arithmetic: the same bits with every compiler. Public on core, because it holds for all numeric code.
# - Contraction is off because g++ by default fuses a*b+c where the machine has FMA (even in intrinsics) and clang does
#   not: results would depend on compiler and target.
# - math-errno and trapping-math are off because nobody reads errno or the exception flags, and honouring them keeps
#   sqrt and selections from being vectorised. Neither changes a result.
# -ffast-math and its parts must never be added: they do change results.
add_library(skein_arithmetic INTERFACE)
set_target_properties(skein_arithmetic PROPERTIES EXPORT_NAME arithmetic)
target_compile_options(skein_arithmetic INTERFACE -ffp-contract=off -fno-math-errno -fno-trapping-math)

if(SKEIN_SANITIZE)
  add_compile_options(-fsanitize=${SKEIN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SKEIN_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Instrumented code confuses g++'s flow analysis; the other presets keep this warning.
    add_compile_options(-Wno-maybe-uninitialized)
    if(SKEIN_SANITIZE MATCHES "thread")
      # TBB's headers use atomic_thread_fence, of which g++ says that TSan does not see it.
      add_compile_options(-Wno-tsan)
    endif()
  endif()
endif()
