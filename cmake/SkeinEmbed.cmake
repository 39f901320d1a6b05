# skein_embed(TARGET file...)
#
# Embeds text files into the library TARGET. It and those who link it then use
#
#   #include "skein_embedded/TARGET.hpp"
#   for (const skein::EmbeddedDocument& document : skein::embedded::TARGET()) { document.name, .file, .text }
#
# The declaration in that header is
#
#   std::span<const skein::EmbeddedDocument> skein::embedded::TARGET() noexcept;
#
# with the documents in the order given; name, file and text are views of static storage. The texts are read at build
# time: editing a file rebuilds only the generated source. Call it once per target.
set(SKEIN_GENERATED_DIR ${PROJECT_BINARY_DIR}/generated)
configure_file(${CMAKE_CURRENT_LIST_DIR}/embedded_document.hpp.in
  ${SKEIN_GENERATED_DIR}/skein_embedded/document.hpp COPYONLY)
add_custom_target(skein_generated COMMENT "Generating sources")

function(skein_embed target)
  set(stem ${SKEIN_GENERATED_DIR}/skein_embedded/${target})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/embedded_target.hpp.in ${stem}.hpp @ONLY)

  set(files)
  foreach(file IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
    list(APPEND files ${file})
  endforeach()
  # The list is an input of its own, so that a removed or renamed file is noticed.
  list(JOIN files "\n" list_text)
  file(CONFIGURE OUTPUT ${stem}.files CONTENT "${list_text}\n" @ONLY)

  set(script ${PROJECT_SOURCE_DIR}/cmake/embed.cmake)
  add_custom_command(
    OUTPUT ${stem}.cpp
    COMMAND ${CMAKE_COMMAND} -DTARGET=${target} -DROOT=${PROJECT_SOURCE_DIR} -DLIST=${stem}.files -DOUTPUT=${stem}.cpp
            -P ${script}
    DEPENDS ${script} ${stem}.files ${files}
    COMMENT "Embedding documents of ${target}"
    VERBATIM)
  target_sources(${target} PRIVATE ${stem}.cpp)
  target_include_directories(${target} PUBLIC ${SKEIN_GENERATED_DIR})

  add_custom_target(${target}_generated DEPENDS ${stem}.cpp)
  add_dependencies(skein_generated ${target}_generated)
endfunction()
