# What plugins are built with, in Skein's own tree and, installed, anywhere else.
#
# skein_add_plugin(NAME SOURCES file... [DOCUMENTS file.json...] [LINKS target...])
#
# Makes the module NAME.so: linked with skein::core and LINKS, every symbol resolved, none shown but the plugin's entry
# (skein/plugin.hpp). DOCUMENTS are embedded, see below.
#
# skein_embed(TARGET NAME file...)
#
# Embeds text files into TARGET, which then uses
#
#   #include "skein_embedded/NAME.hpp"
#   for (const skein::EmbeddedDocument& document : skein::embedded::NAME()) { document.name, .file, .text }
#
# The documents stand in the order given, in static storage. The texts are read at build time: editing a file rebuilds
# only the generated source. Several targets of one folder may embed the same NAME.
set(SKEIN_PLUGIN_MODULE_DIR ${CMAKE_CURRENT_LIST_DIR})

function(skein_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DOCUMENTS;LINKS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "skein_add_plugin(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "skein_add_plugin(${name}): SOURCES is missing")
  endif()

  add_library(${name} MODULE ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES PREFIX "" CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(${name} PRIVATE ${arg_LINKS} skein::core)
  # What is missing is found here and not when the plugin is loaded. Sanitizers leave symbols open on purpose.
  if(NOT SKEIN_SANITIZE AND NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  if(arg_DOCUMENTS)
    skein_embed(${name} ${name} ${arg_DOCUMENTS})
  endif()
endfunction()

function(skein_embed target name)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/generated)
  set(stem ${generated}/skein_embedded/${name})
  target_include_directories(${target} PRIVATE ${generated})
  target_sources(${target} PRIVATE ${stem}.cpp)
  if(TARGET ${name}_documents)
    add_dependencies(${target} ${name}_documents)
    return()
  endif()

  set(files)
  foreach(file IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
    list(APPEND files ${file})
  endforeach()
  configure_file(${SKEIN_PLUGIN_MODULE_DIR}/embedded_documents.hpp.in ${stem}.hpp @ONLY)
  # The list is an input of its own, so that a removed or renamed file is noticed.
  list(JOIN files "\n" list_text)
  file(CONFIGURE OUTPUT ${stem}.files CONTENT "${list_text}\n" @ONLY)

  set(script ${SKEIN_PLUGIN_MODULE_DIR}/embed.cmake)
  add_custom_command(
    OUTPUT ${stem}.cpp
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DROOT=${PROJECT_SOURCE_DIR} -DLIST=${stem}.files -DOUTPUT=${stem}.cpp
            -P ${script}
    DEPENDS ${script} ${stem}.files ${files}
    COMMENT "Embedding documents of ${name}"
    VERBATIM)
  add_custom_target(${name}_documents DEPENDS ${stem}.cpp)
  add_dependencies(${target} ${name}_documents)
endfunction()
