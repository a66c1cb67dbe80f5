import protobuf from 'protobufjs';

/**
 * The part of TensorFlow's SavedModel format that the compiler writes (field numbers from tensorflow/core/protobuf/saved_model.proto,
 * meta_graph.proto and tensorflow/core/framework/*.proto, where the full messages are documented).
 */
const source = `
syntax = "proto3"; package tensorflow;
message TensorShapeProto { message Dim { int64 size = 1; string name = 2; } repeated Dim dim = 2; bool unknown_rank = 3; }
message TensorProto { int32 dtype = 1; TensorShapeProto tensor_shape = 2; bytes tensor_content = 4; repeated bytes string_val = 8; }
message AttrValue {
  message ListValue { repeated bytes s = 2; repeated int64 i = 3; repeated float f = 4; repeated bool b = 5; repeated int32 type = 6; repeated TensorShapeProto shape = 7; }
  oneof value { bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; TensorShapeProto shape = 7; TensorProto tensor = 8; ListValue list = 1; }
}
message NodeDef { string name = 1; string op = 2; repeated string input = 3; string device = 4; map<string, AttrValue> attr = 5; }
message VersionDef { int32 producer = 1; int32 min_consumer = 2; }
message GraphDef { repeated NodeDef node = 1; VersionDef versions = 4; }
message TensorInfo { string name = 1; int32 dtype = 2; TensorShapeProto tensor_shape = 3; }
message SignatureDef { map<string, TensorInfo> inputs = 1; map<string, TensorInfo> outputs = 2; string method_name = 3; }
message MetaInfoDef { repeated string tags = 4; string tensorflow_version = 5; }
message MetaGraphDef { MetaInfoDef meta_info_def = 1; GraphDef graph_def = 2; map<string, SignatureDef> signature_def = 5; }
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraphDef meta_graphs = 2; }
`;

const SavedModel = protobuf.parse(source).root.lookupType('tensorflow.SavedModel');

/** Bytes of a `saved_model.pb` from a plain object in protobufjs's camel case. */
export function encodeSavedModel(model: Record<string, unknown>): Uint8Array {
  return SavedModel.encode(SavedModel.fromObject(model)).finish();
}
