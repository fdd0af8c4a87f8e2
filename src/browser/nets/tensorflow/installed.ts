/** TensorFlow.js is not part of the page. */
export const installedTensorFlow = (): 'none' => 'none';
