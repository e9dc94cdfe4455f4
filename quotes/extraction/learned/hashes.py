"""The SHA-256 of the model files; written by quotes.training.export."""

SHA256 = {
    "tagger.onnx": "f0f3dce8046200e340f29884e19fd4a4fc4fd8f6e44b77511444398b9a3f8598",
    "reader.onnx": "fc454a401c64412499f23511ae862dfda0435889036e85881009249c2036d60a",
    "tokenizer.json": "9114256b104cca80e04367526f03f46aa3c443c2ed174904142a73bbf13b9fbb",
    "model.json": "3752274f30f4bc9ffab1b60318020d0931255caa67a9e8731abe53532f3f735c",
}
